package org.cobnut.conf.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.cobnut.conf.text.ConfFile;
import org.cobnut.conf.text.LineSyntax;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** upssched.conf, whose rules are of four or five words. */
class UpsschedConfSchemaTest {
    @Test
    void holdsItsRulesInOrder() {
        ParsedFile parsed = read("""
                CMDSCRIPT /bin/cmd one
                PIPEFN /run/nut/upssched.pipe
                LOCKFN /run/nut/upssched.lock
                AT ONBATT * START-TIMER "on battery" 30
                AT ONLINE * CANCEL-TIMER "on battery" back
                AT lowbatt ups@host EXECUTE low
                """);
        assertThat(parsed.faults()).isEmpty();
        assertThat(parsed.global().values().get("cmdscript")).isEqualTo(new String[] {"/bin/cmd", "one"});
        assertThat(parsed.global().values().get("pipefn")).isEqualTo("/run/nut/upssched.pipe");
        assertThat(parsed.global().values().get("at")).isEqualTo(new String[] {
            "ONBATT * START-TIMER \"on battery\" 30",
            "ONLINE * CANCEL-TIMER \"on battery\" back",
            "lowbatt ups@host EXECUTE low"
        });
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            AT ONBATT * EXPLODE x          | AT wants START-TIMER, START-TIMER-SHARED, CANCEL-TIMER, CANCEL-TIMER-MATCHED or EXECUTE as its third word, not 'EXPLODE'
            AT ONFIRE * EXECUTE x          | AT wants a kind of notice as its first word, not 'ONFIRE'
            AT ONBATT * START-TIMER x soon | AT wants seconds behind the timer's name, not 'soon'
            AT ONBATT * START-TIMER x      | AT wants seconds behind the timer's name
            AT ONBATT *                    | AT wants a kind of notice, a UPS or *, a command, its argument and perhaps one more
            """)
    void namesTheLineOfWhatIsNoRule(String line, String fault) {
        assertThat(read("CMDSCRIPT /bin/cmd\n\n" + line + "\n").faults())
                .singleElement()
                .hasToString("upssched.conf:3: " + fault);
    }

    @Test
    void wantsAScriptForItsRules() {
        assertThat(read("# nothing\nAT ONBATT * EXECUTE x\n").faults())
                .singleElement()
                .hasToString("upssched.conf:2: AT wants a CMDSCRIPT in this file");
        assertThat(read("PIPEFN /run/p\n").faults()).isEmpty();
    }

    private static ParsedFile read(String text) {
        return new ParsedFile(
                ConfFile.parse("upssched.conf", LineSyntax.DIRECTIVES, text.getBytes(StandardCharsets.US_ASCII)),
                Schema.UPSSCHED_CONF);
    }
}
