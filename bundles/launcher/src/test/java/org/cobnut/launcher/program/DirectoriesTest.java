package org.cobnut.launcher.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.cobnut.launcher.process.StartException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoriesTest {
    private static final Program WHOLE = new Program.Whole(true);

    @TempDir
    private Path home;

    @BeforeEach
    void aDistribution() throws IOException {
        Files.createDirectories(home.resolve("system"));
        Files.createDirectories(home.resolve("etc"));
    }

    @Test
    void liesInTheDistributionUnlessTold() {
        assertThat(Directories.of(home, Map.of("NUT_STATEPATH", "")))
                .isEqualTo(new Directories(home, home.resolve("etc"), home.resolve("state"), home.resolve("state")));
    }

    @Test
    void takesNutsEnvironment() {
        assertThat(Directories.of(home, Map.of("NUT_CONFPATH", "/c", "NUT_STATEPATH", "/s", "NUT_ALTPIDPATH", "/p")))
                .isEqualTo(new Directories(home, Path.of("/c"), Path.of("/s"), Path.of("/p")));
    }

    @Test
    void putsThePidFileIntoTheStatePath() {
        assertThat(Directories.of(home, Map.of("NUT_STATEPATH", "/s", "NUT_PIDPATH", "/run"))
                        .pid())
                .isEqualTo(Path.of("/s"));
    }

    @Test
    void makesAStateDirectoryThatItsOwnerAndGroupWriteAndNobodyElseEnters() throws Exception {
        Directories.of(home, Map.of()).check(WHOLE);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("state"))))
                .isEqualTo("rwxrwx---");
    }

    @Test
    void refusesAConfPathThatIsNotThere() {
        assertThatThrownBy(() -> Directories.of(home, Map.of("NUT_CONFPATH", "/nowhere/at/all"))
                        .check(WHOLE))
                .isInstanceOf(StartException.class)
                .hasMessage("configuration directory /nowhere/at/all does not exist (NUT_CONFPATH)");
    }

    @Test
    void aDriverRefusesAStatePathThatCannotBeMade() throws IOException {
        var file = Files.createFile(home.resolve("file"));
        var driver = new Program.Driver("dummy-ups", "box", home.resolve("drivers/sim.jar"), Map.of());
        assertThatThrownBy(() -> Directories.of(home, Map.of("NUT_STATEPATH", file + "/state"))
                        .check(driver))
                .isInstanceOf(StartException.class)
                .hasMessage("cannot write to state directory " + file + "/state (NUT_STATEPATH)");
    }

    @Test
    void refusesAStatePathThatIsTooLongForASocket() {
        var state = home.resolve("x".repeat(100));
        assertThatThrownBy(() -> Directories.of(home, Map.of("NUT_STATEPATH", state.toString()))
                        .check(WHOLE))
                .isInstanceOf(StartException.class)
                .hasMessageStartingWith("state directory " + state + " is too long: the path of a socket in it")
                .hasMessageContaining("and a system takes 107");
        assertThat(state).doesNotExist();
    }
}
