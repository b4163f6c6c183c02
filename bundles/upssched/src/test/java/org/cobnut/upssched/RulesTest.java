package org.cobnut.upssched;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesTest {
    private static final Event ONBATT = new Event("ONBATT", "ups@host", "UPS ups@host on battery");

    @TempDir
    private Path dir;

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            ONBATT  | *        | true
            onbatt  | ups@host | true
            ONBATT  | UPS@HOST | false
            ONLINE  | *        | false
            """)
    void matchAKindInAnyCaseAndAUpsAsItIs(String type, String ups, boolean expected) {
        assertThat(AtLine.of(List.of(type, ups, "EXECUTE", "x")).matches(ONBATT))
                .isEqualTo(expected);
    }

    @Test
    void ofTheMachineMatchTheStar() {
        assertThat(AtLine.of(List.of("SHUTDOWN", "*", "EXECUTE", "x")).matches(new Event("SHUTDOWN", "", "going")))
                .isTrue();
    }

    @Test
    void areReadFromTheFileAndALineInErrorIsNamed() throws Exception {
        Path file = Files.writeString(dir.resolve("upssched.conf"), """
                # mine
                CMDSCRIPT /bin/cmd one
                PIPEFN /run/p
                LOCKFN /run/l
                AT ONBATT * START-TIMER slow 30
                AT ONLINE * CANCEL-TIMER slow back
                AT ONLINE * CANCEL-TIMER-MATCHED slow
                AT LOWBATT ups@host START-TIMER-SHARED all 5
                AT FSD * EXECUTE fsd
                AT FSD * EXPLODE fsd
                AT ONBATT * START-TIMER slow soon
                AT ONBATT *
                WHAT is this
                """);
        var faults = new ArrayList<String>();
        Conf conf = Conf.read(file, faults::add);
        assertThat(conf.script()).containsExactly("/bin/cmd", "one");
        assertThat(conf.pipe()).contains(Path.of("/run/p"));
        assertThat(conf.lock()).contains(Path.of("/run/l"));
        assertThat(conf.rules().stream().map(AtLine::action))
                .containsExactly(
                        new Action.Start("slow", 30, false),
                        new Action.Cancel("slow", "back", false),
                        new Action.Cancel("slow", "", true),
                        new Action.Start("all", 5, true),
                        new Action.Execute("fsd"));
        assertThat(faults)
                .containsExactly(
                        file + ":10: unknown command 'EXPLODE'",
                        file + ":11: START-TIMER wants a name and seconds",
                        file + ":12: AT wants a kind of notice, a UPS or *, a command and its argument",
                        file + ":13: unknown directive 'WHAT'");
    }

    @Test
    void areTheSameFromConfigurationAdmin() {
        Conf conf = Conf.of(
                Map.of("cmdscript", new String[] {"/bin/cmd"}, "pipefn", "/run/p", "at", new String[] {
                    "ONBATT * START-TIMER \"a b\" 30", "FSD * EXECUTE fsd"
                }),
                fault -> {});
        assertThat(conf.rules().stream().map(AtLine::action))
                .containsExactly(new Action.Start("a b", 30, false), new Action.Execute("fsd"));
    }

    @Test
    void inErrorCostNoOtherAndWhatBeginsWithDigitsCounts() {
        var faults = new ArrayList<String>();
        Conf conf = Conf.of(
                Map.of("cmdscript", new String[] {"/bin/cmd"}, "at", new String[] {
                    "ONBATT * START-TIMER t 30s", "FSD * EXPLODE x", "FSD * EXECUTE fsd"
                }),
                faults::add);
        assertThat(conf.rules().stream().map(AtLine::action))
                .containsExactly(new Action.Start("t", 30, false), new Action.Execute("fsd"));
        assertThat(faults)
                .containsExactly(
                        "AT ONBATT * START-TIMER t 30s: '30s' counts as 30 seconds",
                        "AT FSD * EXPLODE x: unknown command 'EXPLODE'");
    }

    @Test
    void thatNeverActAreNamed() {
        Conf conf = Conf.of(
                Map.of("cmdscript", new String[] {"/nowhere/cmd"}, "at", new String[] {
                    "ONBATT * EXECUTE x", "onbatt ups EXECUTE x", "ONBATTERY ups@host EXECUTE x"
                }),
                fault -> {});
        assertThat(conf.faults(java.util.Set.of("ups@host"), Map.of()))
                .containsExactly(
                        "AT onbatt ups never acts: no MONITOR line has this UPS; they have ups@host",
                        "AT ONBATTERY ups@host never acts: there is no notice of this type",
                        "CMDSCRIPT cannot run: /nowhere/cmd is not there");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            START-TIMER "a b" 30       | START "a b" "30" "ONBATT" "ups@host" "UPS ups@host on battery"
            START-TIMER-SHARED t 30    | START-SHARED "t" "30" "ONBATT" "ups@host" "UPS ups@host on battery"
            CANCEL-TIMER t             | CANCEL "t" "" "ONBATT" "ups@host" "UPS ups@host on battery"
            CANCEL-TIMER-MATCHED t or  | CANCEL-MATCHED "t" "or" "ONBATT" "ups@host" "UPS ups@host on battery"
            """)
    void goOverThePipeAndComeOutTheSame(String action, String line) {
        var request =
                new PipeRequest(Action.of(org.cobnut.wire.Lexer.lines(action).get(0)), ONBATT);
        assertThat(request.line()).contains(line);
        assertThat(PipeRequest.of(org.cobnut.wire.Lexer.lines(line).get(0))).contains(request);
    }

    @Test
    void ofOldClientsCarryNoNotice() {
        assertThat(PipeRequest.of(List.of("START", "t", "30")))
                .contains(new PipeRequest(new Action.Start("t", 30, false), new Event("", "", "")));
    }
}
