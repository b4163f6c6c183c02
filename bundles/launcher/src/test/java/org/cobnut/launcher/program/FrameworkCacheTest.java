package org.cobnut.launcher.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Map;
import org.cobnut.launcher.process.StartException;
import org.cobnut.launcher.process.TrustedPath;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrameworkCacheTest {
    private static final Program WHOLE = new Program.Whole(true);

    @TempDir
    private Path directory;

    private final ArrayList<String> said = new ArrayList<>();
    private Path state;
    private Path precious;

    @BeforeEach
    void files() throws Exception {
        state = Files.createDirectory(directory.resolve("state"));
        precious = Files.createDirectories(directory.resolve("others/precious"));
        Files.writeString(precious.resolve("file"), "precious");
    }

    @Test
    void isNewForEachRunAndForNobodyElse() throws Exception {
        Files.createDirectories(state.resolve("cache/bundle1/version0.0"));
        var cache = create(state);
        assertThat(cache.directory()).isEqualTo(state.resolve("cache")).isEmptyDirectory();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cache.directory())))
                .isEqualTo("rwx------");
        cache.delete(said::add);
        assertThat(state).isEmptyDirectory();
        assertThat(said).isEmpty();
    }

    @Test
    void removesALinkAndNotWhatIsBehindIt() throws Exception {
        Files.createSymbolicLink(state.resolve("cache"), precious);
        var cache = create(state);
        assertThat(cache.directory()).isDirectory().isEmptyDirectory();
        assertThat(Files.isSymbolicLink(cache.directory())).isFalse();
        Files.createSymbolicLink(cache.directory().resolve("bundle1"), precious);
        cache.delete(said::add);
        assertThat(precious.resolve("file")).hasContent("precious");
    }

    @Test
    void removesNothingBehindTheNameOfAProcessThatIsGone() throws Exception {
        var upsmon = new Program.Monitor(false, false);
        Files.createSymbolicLink(state.resolve("cache.upsmon.2147483647"), precious);
        Files.createDirectories(state.resolve("cache.upsmon.2147483646/bundle1"));
        var cache = FrameworkCache.create(directories(state), upsmon, said::add);
        cache.delete(said::add);
        assertThat(state).isEmptyDirectory();
        assertThat(precious.resolve("file")).hasContent("precious");
    }

    @Test
    void isInMemoryWhenTheStatePathTakesNothing() throws Exception {
        var nowhere = precious.resolve("file/state");
        var cache = create(nowhere);
        try {
            assertThat(cache.directory()).isDirectory();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cache.directory())))
                    .isEqualTo("rwx------");
            assertThat(said)
                    .singleElement()
                    .asString()
                    .startsWith("state directory " + nowhere
                            + " takes no cache: it cannot be made; going on with one in " + cache.directory());
        } finally {
            cache.delete(said::add);
        }
        assertThat(cache.directory()).doesNotExist();
    }

    @Test
    void tellsWhoElseMayChangeWhereAPathLeads() throws Exception {
        assumeThat(TrustedPath.isRoot()).isTrue();
        assertThat(TrustedPath.fault(state)).isEmpty();
        var link = Files.createSymbolicLink(directory.resolve("link"), Path.of("state"));
        assertThat(TrustedPath.fault(link)).isEmpty();
        Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(TrustedPath.fault(link)).contains(state + " (owner root, mode 0777)");
        assertThat(TrustedPath.fault(state.resolve("below"))).contains(state + " (owner root, mode 0777)");
        Files.setAttribute(state, "unix:mode", 01777);
        assertThat(TrustedPath.fault(state))
                .as("nobody replaces there what is root's")
                .isEmpty();
    }

    private FrameworkCache create(Path at) throws StartException {
        return FrameworkCache.create(directories(at), WHOLE, said::add);
    }

    private Directories directories(Path at) {
        return Directories.of(directory, Map.of("NUT_CONFPATH", "/c", "NUT_STATEPATH", at.toString()));
    }
}
