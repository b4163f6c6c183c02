package org.cobnut.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandAuditTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "list",
                "status demo",
                "health",
                "vars demo",
                "cmd demo",
                "config",
                "config cobnut.upsd",
                "events 5",
                "notify list",
                "notify log 5",
                "drivers",
                "drivers --supported ES"
            })
    void whatOnlyReadsIsLeftOut(String line) {
        assertThat(CommandAudit.reads(line)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "set demo ups.id x",
                "cmd demo load.off",
                "config cobnut.upsd maxage 5",
                "notify test mail",
                "reload",
                "felix:install file:x.jar",
                "list; cmd demo load.off",
                "vars $(cmd demo load.off)"
            })
    void whatDoesSomethingIsNot(String line) {
        assertThat(CommandAudit.reads(line)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            config cobnut.user~mon password sesame | config cobnut.user~mon password ***
            add-device x privPassword=sesame port=auto | add-device x privPassword=*** port=auto
            set demo ups.id x | set demo ups.id x
            set "demo" "ups.id" "a b" | set demo ups.id "a b"
            config "cobnut.user~mon" "password" "a b" | config cobnut.user~mon password ***
            mapping "draft" "10.0.0.5" "sesame" "v2c" | mapping draft 10.0.0.5 ***
            mapping draft 10.0.0.5 | mapping draft 10.0.0.5
            """)
    void noSecretIsTold(String line, String shown) {
        assertThat(CommandAudit.shown(line)).isEqualTo(shown);
    }

    @Test
    void aCommandAndItsRefusalAreTold() throws Exception {
        PrintStream before = System.err;
        var said = new ByteArrayOutputStream();
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        var io = new ThreadIOImpl();
        io.start();
        try (var out = new ByteArrayOutputStream()) {
            var processor = new CommandProcessorImpl(io);
            processor.addListener(new CommandAudit());
            processor.addCommand("nut", new Orders(), "set");
            processor.addCommand("nut", new Orders(), "list");
            String lines = "set demo ups.id x\nset demo ups.id bad\nlist\n";
            var in = new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8));
            new ClientSession(processor, new DriverProcesses(Path.of(""), Optional.empty()), in, out).run();
        } finally {
            io.stop();
            System.setErr(before);
        }
        assertThat(said.toString(StandardCharsets.UTF_8).lines().filter(line -> line.contains("did=")))
                .hasSize(2)
                .anySatisfy(line -> assertThat(line).contains("from=nutctl did=\"set demo ups.id x\" result=\"done\""))
                .anySatisfy(line -> assertThat(line)
                        .contains("from=nutctl did=\"set demo ups.id bad\" result=\"refused: READONLY\""));
    }

    /** Takes every value but one. */
    public static final class Orders {
        public String set(String ups, String name, String value) {
            if (value.equals("bad")) throw new IllegalArgumentException("READONLY");
            return "done";
        }

        public String list() {
            return "demo";
        }
    }
}
