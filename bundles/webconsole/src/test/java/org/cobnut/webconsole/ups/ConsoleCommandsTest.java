package org.cobnut.webconsole.ups;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cobnut.audit.Actor;
import org.cobnut.command.CommandReply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the page may have run, and with which files. */
class ConsoleCommandsTest {
    private static final Actor ADMIN = new Actor("admin", "console");

    @TempDir
    Path state;

    private final List<List<String>> ran = new ArrayList<>();
    private CommandReply reply = new CommandReply(true, "[]", "a note");

    private ConsoleCommands commands() {
        return new ConsoleCommands(
                (actor, words) -> {
                    assertThat(actor).isEqualTo(ADMIN);
                    ran.add(words);
                    return reply;
                },
                state,
                ADMIN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "shell",
                "reload",
                "drivers install /tmp/x.jar",
                "drivers install x.jar",
                "drivers update cobnut.x",
                "mapping check /etc/passwd",
                "mapping draft 10.0.0.1",
                "record demo /etc/cron.d/x",
                "record ../../etc/x start",
                "record demo",
                "cmd demo load.off now later",
                "notify",
                "notify log 99999",
                "notify list mail",
                ""
            })
    void nothingElseIsOffered(String line) {
        assertThat(commands().run(List.of(line.split(" "))).status()).isEqualTo(400);
        assertThat(ran).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "drivers",
                "drivers available",
                "drivers stop cobnut.drivers.sim",
                "drivers install acme.driver",
                "mapping list",
                "mapping explain demo",
                "scan",
                "scan snmp 127.0.0.1",
                "set demo ups.id x",
                "cmd demo beeper.mute",
                "doctor",
                "notify list",
                "notify log",
                "notify test",
                "notify test mail",
                "plan"
            })
    void theseRun(String line) {
        List<String> words = List.of(line.split(" "));
        assertThat(commands().run(words)).isEqualTo(Answer.of("{\"result\": [], \"remarks\": [\"a note\"]}"));
        assertThat(ran).containsExactly(words);
    }

    @Test
    void aRecordingLiesInTheStatePath() {
        commands().run(List.of("record", "demo", "start"));
        commands().run(List.of("record", "demo", "stop"));
        assertThat(ran)
                .containsExactly(
                        List.of(
                                "record",
                                "demo",
                                state.resolve("demo.transcript").toString()),
                        List.of("record", "demo", "stop"));
    }

    @Test
    void aFileThatWasSentIsGoneAfterwardsAndItsFaultsCallItByItsName() throws IOException {
        var commands = new ConsoleCommands(
                (actor, words) -> {
                    ran.add(words);
                    try {
                        assertThat(Files.readString(Path.of(words.get(2)))).isEqualTo("mapping");
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                    return new CommandReply(false, "", words.get(2) + ":1: no name");
                },
                state,
                ADMIN);
        Answer answer = commands.check("mapping".getBytes(StandardCharsets.UTF_8), "mine.txt");
        assertThat(answer).isEqualTo(Answer.refused("mine.txt:1: no name"));
        assertThat(state).isEmptyDirectory();
    }
}
