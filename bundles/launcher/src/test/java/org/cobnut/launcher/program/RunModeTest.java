package org.cobnut.launcher.program;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.cobnut.launcher.process.StartException;
import org.cobnut.program.Getopt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunModeTest {
    /** upsd(8): -D stays in the foreground unless -B says otherwise; the last of -F and -B counts. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            '',      BACK
            -D,      FRONT
            -F,      FRONT
            -FF,     FRONT_WITH_PID
            -F -F,   FRONT_WITH_PID
            -B,      BACK
            -B -D,   BACK
            -D -B,   BACK
            -FF -B,  BACK
            -B -F,   FRONT
            -D -FF,  FRONT_WITH_PID
            """)
    void runsWhereNutWould(String words, RunMode runMode) {
        assertThat(RunMode.of(parse(words.isEmpty() ? new String[0] : words.split(" ", -1))))
                .isEqualTo(runMode);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            reload, reload
            r,      reload
            st,     stop
            '',
            x,
            reloads,
            """)
    void aPrefixOfAWordIsEnough(String said, String meant) {
        assertThat(CommandSignal.word(said == null ? "" : said, "reload", "stop")
                        .orElse(null))
                .isEqualTo(meant);
    }

    @Test
    void namesTheWordsThatMayNotStandThere() {
        var said = new ByteArrayOutputStream();
        var messages = new StartMessages("upsd", Map.of(), System.out, new PrintStream(said, true, UTF_8));
        assertThatThrownBy(() -> messages.refuseWords(parse("-D", "one", "two")))
                .isInstanceOf(StartException.class);
        assertThat(said.toString(UTF_8)).isEqualTo("upsd: unexpected: \"one\" \"two\"" + System.lineSeparator());
        assertThatCode(() -> messages.refuseWords(parse("-D"))).doesNotThrowAnyException();
    }

    private static Getopt parse(String... words) {
        return Getopt.parse("a:x:DFB", List.of(words));
    }
}
