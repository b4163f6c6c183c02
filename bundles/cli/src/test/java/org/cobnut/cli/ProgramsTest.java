package org.cobnut.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.cobnut.testkit.server.FakeServer;
import org.cobnut.wire.Version;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Debian's programs cannot be asked for: JSON, prompts, variables of every type, the level of 2.8.5. */
@Timeout(20)
class ProgramsTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"upsc", "upscmd", "upsrw"})
    void tellVersionAndHelp(String program) {
        assertThat(Run.of(program, "-V")).isEqualTo(new Run(Version.of(program) + "\n", "", 0));
        Run help = Run.of(program, "-h");
        assertThat(help.out()).startsWith(Version.of(program) + "\n\nusage: " + program + " ");
        assertThat(help.status()).isZero();
        assertThat(Run.of(program, "-z")).isEqualTo(new Run(help.out(), program + ": invalid option -- 'z'\n", 0));
    }

    @Test
    void nameTheFileThatCannotBeUsedAndWhy() throws IOException {
        Path none = directory.resolve("none");
        try (var server = new FakeServer("> LOGOUT\n< OK").start()) {
            Run recorder = Run.of("nut-recorder", "-d", "1", server.ups("sim"), none + "/x.seq");
            assertThat(recorder.err())
                    .isEqualTo("Error: the recording cannot be written to " + none
                            + "/x.seq: No such file or directory\n");
            assertThat(recorder.status()).isEqualTo(1);
        }
        assertThat(Run.of("upsc", "-A", none.toString(), "sim").err())
                .isEqualTo("Error: " + none + ": cannot be read: no such file or directory\n");
        assertThat(Run.of("sockdebug", none.toString()).err())
                .isEqualTo("connect: " + none + ": No such file or directory\n");
        assertThat(Run.of("sockdebug", directory.resolve("s".repeat(120)).toString())
                        .err())
                .contains("too long for a socket");
    }

    /** NUT passes them over: a password without -p then was the UPS, and the UPS was nothing. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            upsc         | sim ups.status extra                          | extra
            upsc         | -l localhost extra                            | extra
            upsc         | -c sim extra                                  | extra
            upscmd       | -l sim extra                                  | extra
            upscmd       | -u admin -p x sim load.off 1 2                | 2
            upscmd       | -u admin secret sim load.off 1                | secret
            upsrw        | sim extra                                     | extra
            upsrw        | -s ups.id=1 -u admin secret sim@127.0.0.1:1   | secret
            upslog       | -s sim -l - extra                             | extra
            upslog       | -m sim,- a b c d                              | a
            upslog       | sim extra                                     | extra
            nut-recorder | sim file 5 extra                              | extra
            sockdebug    | socket extra                                  | extra
            upsdrvctl    | start sim extra                               | extra
            upsdrvctl    | -c reload sim extra                           | extra
            upsdrvctl    | -l sim extra                                  | extra
            nutctl       | list rack extra                               | extra
            nutctl       | vars sim ups.status extra                     | extra
            nutctl       | set sim ups.id a extra                        | extra
            nutctl       | reload extra                                  | extra
            nutctl       | config diff extra                             | extra
            nutctl       | status a extra                                | extra
            nutctl       | watch --json extra                            | extra
            nutctl       | fleet extra                                   | extra
            nutctl       | list --json rack extra                        | extra
            nutctl       | events some                                   | some
            nutctl       | notify test mail extra                        | extra
            nutctl       | scan snmp host some                           | some
            nutctl       | mapping frob x                                | frob
            nutctl       | mapping list extra                            | extra
            nutctl       | mapping draft host public v1 extra            | extra
            nutctl       | drivers frob                                  | frob
            nutctl       | drivers available extra                       | extra
            nutctl       | drivers install a.jar extra                   | extra
            nutctl       | shell extra                                   | extra
            nutctl       | help list extra                               | extra
            """)
    void nameAWordThatMayNotStandThere(String program, String line, String word) throws IOException {
        Path conf = Files.createDirectories(directory.resolve("etc"));
        Files.writeString(conf.resolve("ups.conf"), "[sim]\n driver = dummy-ups\n port = sim.dev\n");
        var environment = Map.of("NUT_CONFPATH", conf.toString(), "NUT_QUIET_INIT_BANNER", "true");
        Run run = Run.typing("", environment, program, line.split(" "));
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains('"' + word + '"').containsAnyOf("too many words", "unexpected word");
        assertThat(run.status()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"upsc", "upscmd", "upsrw", "upslog", "upsdrvctl", "nut-recorder", "sockdebug", "nutctl"})
    void tellTheSameByWholeWords(String program) {
        assertThat(Run.of(program, "--help")).isEqualTo(Run.of(program, "-h"));
        assertThat(Run.of(program, "--version")).isEqualTo(Run.of(program, "-V"));
        assertThat(Run.of(program, "--help").status()).isZero();
        assertThat(Run.of(program, "--help").out()).contains("usage: " + program);
        assertThat(Run.of(program, "-V").out()).matches("Network UPS Tools .*2\\.8\\.5 \\(Cobnut .*\\)\n");
        assertThat(Run.of(program, "-V").status()).isZero();
    }

    @Test
    void nutctlHelpsWithoutARunningCobnut() {
        assertThat(Run.of("nutctl", "help")).isEqualTo(Run.of("nutctl", "-h"));
        assertThat(Run.of("nutctl", "help", "set")).isEqualTo(new Run("""
                        usage: nutctl set UPS VARIABLE VALUE
                        writes a variable, and waits for what the device says
                        """, "", 0));
        var idle = Run.typing("", Map.of("NUT_STATEPATH", directory.toString()), "nutctl", "reload", "--if-running");
        assertThat(idle).isEqualTo(new Run("", "", 0));
        var none = Run.typing("", Map.of("NUT_STATEPATH", directory.toString()), "nutctl", "list");
        assertThat(none.err()).contains("no Cobnut runs here", directory.toString(), "start it with");
        assertThat(none.status()).isEqualTo(1);
    }

    @Test
    void helpThoseWhoSayTooLittle() {
        assertThat(Run.of("upsrw")).isEqualTo(Run.of("upsrw", "-h"));
        assertThat(Run.of("upscmd", "-l")).isEqualTo(Run.of("upscmd", "-h"));
        assertThat(Run.of("upscmd", "sim@127.0.0.1:1")).isEqualTo(Run.of("upscmd", "-h"));
    }

    @Test
    void refuseAPortWithoutAHost() {
        assertThat(Run.of("upsc", "sim:3493").err())
                .isEqualTo("Error: invalid UPS definition.\nRequired format: upsname[@hostname[:port]]\n");
        assertThat(Run.of("upsrw", "sim:3493").all())
                .isEqualTo("Error: invalid UPS definition.  Required format: upsname[@hostname[:port]]\n1");
    }

    @ParameterizedTest
    @CsvSource({"-W,x", "-W,-1", "-W,''", "-W,NaN"})
    void refuseATimeOutThatIsNone(String option, String value) {
        Run run = Run.of("upsc", option, value, "sim@127.0.0.1:1");
        assertThat(run.err()).isEqualTo("Error: invalid network timeout: " + value + "\n");
        assertThat(run.status()).isEqualTo(1);
    }

    @Test
    void printVariablesAsJson() throws IOException {
        assertThat(upsc("""
                        > LIST VAR sim
                        < BEGIN LIST VAR sim
                        < VAR sim a.b "1"
                        < VAR sim c.d "a \\"\\\\ b"
                        < END LIST VAR sim
                        """, "-j", "sim@S")).isEqualTo(new Run("""
                        {
                          "a.b": "1",
                          "c.d": "a \\"\\\\ b"
                        }
                        """, "", 0));
    }

    @Test
    void printOneVariableAsJson() throws IOException {
        assertThat(upsc("> GET VAR sim a.b\n< VAR sim a.b \"OL \\\"x\"", "-j", "sim@S", "a.b"))
                .isEqualTo(new Run("\"OL \\\"x\"\n", "", 0));
    }

    @Test
    void printListsAsJson() throws IOException {
        String upses = "> LIST UPS\n< BEGIN LIST UPS\n< UPS a \"A 1\"\n< UPS b \"\"\n< END LIST UPS";
        assertThat(upsc(upses, "-jl", "S").out()).isEqualTo("[\n  \"a\",\n  \"b\"\n]\n");
        assertThat(upsc(upses, "-jL", "S").out()).isEqualTo("{\n  \"a\": \"A 1\",\n  \"b\": \"\"\n}\n");
        String clients = "> LIST CLIENT sim\n< BEGIN LIST CLIENT sim\n< END LIST CLIENT sim";
        assertThat(upsc(clients, "-jc", "sim@S").out()).isEqualTo("[\n]\n");
    }

    @Test
    void printErrorsOnBothStreamsForJson() throws IOException {
        assertThat(upsc("> LIST VAR sim\n< ERR DATA-STALE", "-j", "sim@S"))
                .isEqualTo(new Run("{\n  \"error\": \"Data stale\"\n}\n", "Error: Data stale\n", 1));
        assertThat(upsc("> GET VAR sim a.b\n< ERR UNKNOWN-UPS", "-j", "sim@S", "a.b"))
                .isEqualTo(new Run("{\"error\": \"Unknown UPS\"}\n", "Error: Unknown UPS\n", 1));
        assertThat(upsc("> LIST UPS\n< ERR NEW", "-jl", "S"))
                .isEqualTo(new Run("{\"error\": \"Unknown error\"}\n", "Error: Unknown error\n", 1));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            HELLO world          | Protocol error
            BEGIN LIST VAR other | Protocol error
            ERR ACCESS-DENIED    | Access denied
            """, delimiter = '|')
    void nameWhatWentWrong(String reply, String reason) throws IOException {
        assertThat(upsc("> LIST VAR sim\n< " + reply, "sim@S").all()).isEqualTo("Error: " + reason + "\n1");
    }

    @Test
    void noticeAServerThatHangsUp() throws IOException {
        assertThat(upsc("> LIST VAR sim\n< BEGIN LIST VAR sim\nx", "sim@S").all())
                .isEqualTo("Error: Server disconnected\n1");
    }

    @Test
    void showEveryTypeOfVariable() throws IOException {
        var script = """
                > LIST RW sim
                < BEGIN LIST RW sim
                < RW sim a.enum "two"
                < RW sim b.range "150"
                < RW sim c.odd "5"
                < RW sim d.gone "5"
                < END LIST RW sim
                > GET DESC sim a.enum
                < DESC sim a.enum "An enum"
                > GET TYPE sim a.enum
                < TYPE sim a.enum RW ENUM STRING:20
                > LIST ENUM sim a.enum
                < BEGIN LIST ENUM sim a.enum
                < ENUM sim a.enum "one"
                < ENUM sim a.enum "two"
                < END LIST ENUM sim a.enum
                > GET DESC sim b.range
                < ERR VAR-NOT-SUPPORTED
                > GET TYPE sim b.range
                < TYPE sim b.range RW RANGE NUMBER
                > LIST RANGE sim b.range
                < BEGIN LIST RANGE sim b.range
                < RANGE sim b.range "1" "3"
                < RANGE sim b.range "100" "200"
                < END LIST RANGE sim b.range
                > GET DESC sim c.odd
                < DESC sim c.odd "Odd"
                > GET TYPE sim c.odd
                < TYPE sim c.odd RW WEIRD
                > GET DESC sim d.gone
                < DESC sim d.gone "Gone"
                > GET TYPE sim d.gone
                < ERR VAR-NOT-SUPPORTED
                > LOGOUT
                < OK Goodbye
                """;
        try (var server = new FakeServer(script).start()) {
            assertThat(Run.of("upsrw", server.ups("sim")).all()).isEqualTo("""
                    [a.enum]
                    An enum
                    Type: ENUM STRING
                    Maximum length: 20
                    Option: "one"
                    Option: "two" SELECTED

                    [b.range]
                    Description unavailable
                    Type: RANGE NUMBER
                    Option: "1-3"
                    Option: "100-200" SELECTED

                    [c.odd]
                    Odd
                    Type: WEIRD (unrecognized)

                    [d.gone]
                    Gone
                    Unknown type

                    0""");
        }
    }

    @Test
    void askForWhatIsMissing() throws IOException {
        var script = """
                > STARTTLS
                < ERR FEATURE-NOT-CONFIGURED
                > USERNAME me
                < OK
                > PASSWORD "a b"
                < OK
                > SET VAR sim a.b "new value"
                < OK
                > LOGOUT
                < OK Goodbye
                """;
        try (var server = new FakeServer(script).start()) {
            Run run = Run.typing("me\na b\nnew value\n", Map.of(), "upsrw", "-s", "a.b", server.ups("sim"));
            assertThat(run.out()).matches("Username \\(.*\\): Enter new value for a.b: ");
            assertThat(run.err()).startsWith("Password: OK\n").contains("-w").endsWith("\n");
            assertThat(run.status()).isZero();
            assertThat(server.heard()).noneMatch(line -> line.endsWith("(unexpected)"));
        }
    }

    @Test
    void takeTheLoginForAnEmptyUser() throws IOException {
        String login = System.getProperty("user.name");
        var script =
                "> STARTTLS\n< ERR FEATURE-NOT-SUPPORTED\n> USERNAME %s\n< OK\n> PASSWORD x\n< OK\n> INSTCMD sim a.b 5\n< OK\n> LOGOUT\n< OK Goodbye";
        try (var server = new FakeServer(script.formatted(login)).start()) {
            var quiet = Map.of("NUT_QUIET_OK_NOTRACKING", "true");
            Run run = Run.typing("\n", quiet, "upscmd", "-p", "x", server.ups("sim"), "a.b", "5");
            assertThat(run).isEqualTo(new Run("Username (" + login + "): ", "OK\n", 0));
            assertThat(server.heard()).noneMatch(line -> line.endsWith("(unexpected)"));
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            SUCCESS              | SUCCESS              | 0
            ERR FAILED           | ERR FAILED           | 0
            PENDING              | Can't receive status tracking information: timeout | 1
            """, delimiter = '|')
    void waitForTheResult(String last, String said, int status) throws IOException {
        var script = """
                > STARTTLS
                < ERR FEATURE-NOT-CONFIGURED
                > USERNAME me
                < OK
                > PASSWORD x
                < OK
                > SET TRACKING ON
                < OK
                > INSTCMD sim a.b
                < OK TRACKING 1-2
                > GET TRACKING 1-2
                < PENDING
                > GET TRACKING 1-2
                < %s
                > LOGOUT
                < OK Goodbye
                """.formatted(last);
        String seconds = last.equals("PENDING") ? "0" : "5";
        String played = last.equals("PENDING") ? script.replaceFirst("> GET TRACKING 1-2\n< PENDING\n", "") : script;
        try (var server = new FakeServer(played).start()) {
            Run run = Run.of("upscmd", "-wume", "-px", "-t", seconds, server.ups("sim"), "a.b");
            assertThat(run).isEqualTo(new Run("", said + "\n", status));
        }
    }

    @Test
    void sayThatAServerKnowsNoTracking() throws IOException {
        var script =
                "> STARTTLS\n< ERR UNKNOWN-COMMAND\n> USERNAME me\n< OK\n> PASSWORD x\n< OK\n> SET TRACKING ON\n< ERR UNKNOWN-COMMAND\n> LOGOUT\n< OK";
        try (var server = new FakeServer(script).start()) {
            assertThat(Run.of("upsrw", "-wume", "-px", "-sa.b=1", server.ups("sim"))
                            .err())
                    .isEqualTo("Enabling set variable status tracking failed. upsd answered: ERR UNKNOWN-COMMAND\n");
        }
    }

    @Test
    void takeTheConnectTimeOutOfTheEnvironment() throws IOException {
        try (var full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var first = new Socket(full.getInetAddress(), full.getLocalPort());
                var second = new Socket(full.getInetAddress(), full.getLocalPort())) {
            assertThat(first.isConnected() && second.isConnected()).isTrue();
            var environment = Map.of("NUT_DEFAULT_CONNECT_TIMEOUT", "0.2");
            assertThat(Run.typing("", environment, "upsc", "-l", "127.0.0.1:" + full.getLocalPort())
                            .err())
                    .isEqualTo("Error: Connection failure: Connection timed out\n");
        }
    }

    /** Runs upsc with a word S for the server that plays the script. */
    private static Run upsc(String script, String... words) throws IOException {
        try (var server = new FakeServer(script.strip() + "\n> LOGOUT\n< OK Goodbye").start()) {
            String[] args = words.clone();
            for (int i = 0; i < args.length; i++) args[i] = args[i].replaceFirst("S$", "127.0.0.1:" + server.port());
            return Run.of("upsc", args);
        }
    }
}
