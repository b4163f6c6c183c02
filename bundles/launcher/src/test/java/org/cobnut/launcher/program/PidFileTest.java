package org.cobnut.launcher.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.cobnut.launcher.process.NutProcess;
import org.cobnut.launcher.process.StartException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PidFileTest {
    private static final long OWN = ProcessHandle.current().pid();

    private static final Program UPSD = new Program.Server(Optional.empty());

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("upsd.pid");
    }

    @Test
    void holdsTheNumberAndALineEnd() throws Exception {
        var pid = PidFile.take(file, UPSD);
        assertThat(file).hasContent(OWN + "\n");
        pid.release();
        assertThat(file).doesNotExist();
    }

    @Test
    void leavesAFileThatIsNoLongerOurs() throws Exception {
        var pid = PidFile.take(file, UPSD);
        Files.writeString(file, "1\n");
        pid.release();
        assertThat(file).hasContent("1\n");
    }

    @Test
    void takesOverWhatAProcessThatIsGoneHasLeft() throws Exception {
        var gone = new ProcessBuilder("true").start();
        assertThat(gone.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertTakesOver(Long.toString(gone.pid()));
    }

    @Test
    void takesOverANumberThatAnotherProgramHasNow() throws Exception {
        var other = sleeper("sleep");
        try {
            assertTakesOver(Long.toString(other.pid()));
        } finally {
            other.destroyForcibly();
        }
    }

    @Test
    void takesOverGarbage() throws Exception {
        assertTakesOver("no number\n");
    }

    @Test
    void knowsTheUpsdThatLives() throws Exception {
        var other = sleeper("upsd");
        try {
            Files.writeString(file, other.pid() + "\n");
            assertThat(PidFile.holder(file, "upsd")).contains(new NutProcess(other.pid(), "upsd"));
            assertThat(PidFile.holder(file, "dummy-ups")).isEmpty();
        } finally {
            other.destroyForcibly();
        }
    }

    @Test
    void refusesWhileAnotherHoldsItThoughItsNumberIsNotThereYet() throws Exception {
        var first = PidFile.take(file, UPSD);
        Files.writeString(file, "");
        assertThatThrownBy(() -> PidFile.take(file, UPSD))
                .isInstanceOf(StartException.class)
                .hasMessageStartingWith("A previous upsd instance is already running!");
        assertThat(file).isEmptyFile();
        Files.writeString(file, OWN + "\n");
        first.release();
        PidFile.take(file, UPSD).release();
    }

    @Test
    void refusesWhileAUpsdLivesThatLocksNothing() throws Exception {
        var other = sleeper("upsd");
        try {
            Files.writeString(file, other.pid() + "\n");
            assertThatThrownBy(() -> PidFile.take(file, UPSD)).isInstanceOf(StartException.class);
            assertThat(file).hasContent(other.pid() + "\n");
        } finally {
            other.destroyForcibly();
        }
    }

    @Test
    void writesIntoNoLink() throws Exception {
        var precious = Files.writeString(directory.resolve("precious"), "precious");
        Files.createSymbolicLink(file, precious);
        PidFile.take(file, UPSD).release();
        assertThat(precious).hasContent("precious");
    }

    @Test
    void everybodyMayReadItWhateverTheUmaskIs() throws Exception {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        PidFile.take(file, UPSD);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r--r--");
    }

    private void assertTakesOver(String content) throws Exception {
        Files.writeString(file, content);
        assertThat(PidFile.holder(file, "upsd")).isEmpty();
        PidFile.take(file, UPSD);
        assertThat(file).hasContent(OWN + "\n");
    }

    /** A process that only waits, under that name. */
    private Process sleeper(String name) throws IOException {
        var program = Files.createSymbolicLink(directory.resolve(name), Path.of("/bin/sleep"));
        return new ProcessBuilder(program.toString(), "60").start();
    }
}
