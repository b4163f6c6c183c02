package org.cobnut.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.cobnut.container.Both.Maker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The load is switched off with -k, as the UPS on the other end of the line sees it; beside Debian's. */
class KillpowerIT {
    private static final Path UPS = Path.of("../../drivers-bundles/megatec/src/test/resources");
    private static final String USER = System.getProperty("user.name");

    @TempDir
    private Path directory;

    private Both nut;
    private Path port;
    private Process ups;
    private BufferedReader answers;

    @BeforeEach
    void plug() throws IOException {
        port = directory.resolve("tty");
        ups = new ProcessBuilder(
                        "python3",
                        UPS.resolve("ups.py").toString(),
                        port.toString(),
                        UPS.resolve("dialects/megatec.txt").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        answers = ups.inputReader();
        assertThat(answers.readLine()).isEqualTo("ready");
        nut = new Both(directory).file("ups.conf", """
                pollinterval = 1
                [line]
                    driver = nutdrv_qx
                    port = %s
                    protocol = megatec
                """.formatted(port));
    }

    @AfterEach
    void unplug() throws Exception {
        nut.close();
        ups.destroyForcibly();
        Files.deleteIfExists(port);
    }

    @Test
    void sendsWhatDebiansSends() throws Exception {
        var debians = nut.run(Maker.DEBIAN, "nutdrv_qx", "-a", "line", "-k", "-u", USER);
        assertThat(debians.status()).as(debians.toString()).isZero();
        var theirs = orders();
        var ours = nut.run(Maker.COBNUT, "nutdrv_qx", "-a", "line", "-k");
        assertThat(ours.status()).as(ours.toString()).isZero();
        assertThat(ours.err()).contains("Initiating UPS shutdown");
        assertThat(orders()).containsExactlyElementsOf(theirs).contains("S.5R0003");
        assertThat(nut.state()).as("nothing is left").isEmptyDirectory();
    }

    @Test
    void isDoneByTheDriverThatRunsAndLeavesItThere() throws Exception {
        assertThat(nut.run(Maker.COBNUT, "nutdrv_qx", "-a", "line").status()).isZero();
        var running = nut.daemon("nutdrv_qx-line");
        assertThat(orders()).isEmpty();
        var ours = nut.run(Maker.COBNUT, "nutdrv_qx", "-a", "line", "-k");
        assertThat(ours.status()).as(ours.toString()).isZero();
        assertThat(ours.err()).contains("done by the driver that runs");
        assertThat(orders()).contains("S.5R0003");
        assertThat(running.isAlive()).isTrue();
    }

    @Test
    void failsWhereTheUpsIsSilent() throws Exception {
        order("fault silence");
        var ours = nut.run(Maker.COBNUT, "nutdrv_qx", "-a", "line", "-k");
        assertThat(ours.status()).as(ours.toString()).isEqualTo(1);
        assertThat(ours.err()).contains("Fatal error: UPS [line]");
    }

    /** What it was told to do since the last time, beside what it was asked. */
    private List<String> orders() throws IOException {
        return Arrays.stream(order("asked").split(" "))
                .filter(word -> word.matches("[SC].*"))
                .toList();
    }

    private String order(String words) throws IOException {
        ups.outputWriter().append(words).append('\n').flush();
        return answers.readLine();
    }
}
