package org.cobnut.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PidFileTest {
    private static final long OWN = ProcessHandle.current().pid();

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("upsd.pid");
    }

    @Test
    void holdsTheNumberAndALineEnd() throws Exception {
        var pid = PidFile.take(file);
        assertThat(file).hasContent(OWN + "\n");
        pid.release();
        assertThat(file).doesNotExist();
    }

    @Test
    void leavesAFileThatIsNoLongerOurs() throws Exception {
        var pid = PidFile.take(file);
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
            assertThat(PidFile.holder(file, "upsd")).contains(new Peer(other.pid(), "upsd"));
            assertThat(PidFile.holder(file, "dummy-ups")).isEmpty();
        } finally {
            other.destroyForcibly();
        }
    }

    private void assertTakesOver(String content) throws Exception {
        Files.writeString(file, content);
        assertThat(PidFile.holder(file, "upsd")).isEmpty();
        PidFile.take(file);
        assertThat(file).hasContent(OWN + "\n");
    }

    /** A process that only waits, under that name. */
    private Process sleeper(String name) throws IOException {
        var program = Files.createSymbolicLink(directory.resolve(name), Path.of("/bin/sleep"));
        return new ProcessBuilder(program.toString(), "60").start();
    }
}
