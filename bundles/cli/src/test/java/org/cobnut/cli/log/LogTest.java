package org.cobnut.cli.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.cobnut.cli.client.PolledServer;
import org.cobnut.cli.terminal.Terminal;
import org.cobnut.client.Address;
import org.cobnut.client.NutAuth;
import org.cobnut.program.ProgramFailure;
import org.cobnut.testkit.server.FakeServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class LogTest {
    @TempDir
    Path dir;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final PrintStream print = new PrintStream(said, true, StandardCharsets.ISO_8859_1);
    private final Terminal terminal = new Terminal(new ByteArrayInputStream(new byte[0]), print, print, Map.of());

    @Test
    void connectsAnewToAServerThatWentAway() throws IOException, ProgramFailure {
        var format = new LogFormat("%VAR a.b% %VAR c.d%", "box", Clock.systemUTC());
        try (var fake = new FakeServer(
                                "> GET VAR sim a.b\n< VAR sim a.b \"1\"\n> GET VAR sim c.d\n< VAR sim c.d \"2\"\nx")
                        .start();
                var server = new PolledServer(
                        Address.server("127.0.0.1:" + fake.port()),
                        NutAuth.NOTHING,
                        Duration.ofSeconds(5),
                        line -> {});
                var file = new LogFile(dir.resolve("log").toString(), LogFile.Rotation.NEVER, terminal)) {
            var target = new LogTarget(fake.ups("sim"), Address.of(fake.ups("sim")), server, file);
            for (int i = 0; i < 3; i++) target.log(format);
            assertThat(dir.resolve("log")).hasContent("1 2\nNA NA\n1 2\n");
        }
    }

    @Test
    void writesNaForAServerThatIsNotThere() throws IOException, ProgramFailure {
        try (var server = new PolledServer(
                        Address.server("127.0.0.1:1"), NutAuth.NOTHING, Duration.ofSeconds(5), line -> {});
                var file = new LogFile("-", LogFile.Rotation.NEVER, terminal)) {
            new LogTarget("sim@127.0.0.1:1", Address.of("sim@127.0.0.1:1"), server, file)
                    .log(new LogFormat("[%VAR a.b%]", "box", Clock.systemUTC()));
        }
        assertThat(said.toString(StandardCharsets.ISO_8859_1)).isEqualTo("[NA]\n");
    }

    @Test
    void putsFilesAsideBeforeTheyGrowTooLong() throws IOException, ProgramFailure {
        try (var file = new LogFile(dir.resolve("log").toString(), LogFile.Rotation.of("12,2"), terminal)) {
            for (int i = 1; i <= 7; i++) file.write("line" + i);
        }
        assertThat(dir.resolve("log")).hasContent("line7");
        assertThat(dir.resolve("log.1")).hasContent("line5\nline6");
        assertThat(dir.resolve("log.2")).hasContent("line3\nline4");
        assertThat(dir.resolve("log.3")).doesNotExist();
    }

    @Test
    void goesOnInTheFileThatHasTheNameNow() throws IOException, ProgramFailure {
        Path log = dir.resolve("log");
        try (var file = new LogFile(log.toString(), LogFile.Rotation.NEVER, terminal)) {
            file.write("old");
            Files.move(log, dir.resolve("moved"));
            file.write("still old");
            file.reopen();
            file.write("new");
        }
        assertThat(dir.resolve("moved")).hasContent("old\nstill old");
        assertThat(log).hasContent("new");
    }

    @Test
    void saysOnceThatADiskIsFullAndGoesOn() throws IOException, ProgramFailure {
        try (var file = new LogFile("/dev/full", LogFile.Rotation.NEVER, terminal)) {
            file.write("one");
            file.write("two");
        }
        assertThat(said.toString(StandardCharsets.ISO_8859_1))
                .startsWith("could not write logfile /dev/full: ")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "0", "-1", "10M,0", "10M,x", "9999999999G"})
    void refusesASizeThatIsNone(String text) {
        assertThatThrownBy(() -> LogFile.Rotation.of(text))
                .isInstanceOf(ProgramFailure.class)
                .hasMessageContaining("SIZE");
    }
}
