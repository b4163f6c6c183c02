package org.cobnut.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GetoptTest {
    @Test
    void readsBundledLettersAndArguments() {
        var options = parse("-DDF", "-aups", "-x", "port=y", "-x=z");
        assertThat(options.count('D')).isEqualTo(2);
        assertThat(options.last('a')).contains("ups");
        assertThat(options.all('x')).containsExactly("port=y", "=z");
    }

    @Test
    void endsAtTheFirstWordThatIsNoOption() {
        assertThat(parse("-D", "word", "-F").rest()).containsExactly("word", "-F");
        assertThat(parse("-D", "--", "-F").rest()).containsExactly("-F");
    }

    @Test
    void saysWhatIsWrongAsTheCLibraryDoes() {
        assertThat(parse("-Z").fault()).isEqualTo("invalid option -- 'Z'");
        assertThat(parse("-a").fault()).isEqualTo("option requires an argument -- 'a'");
    }

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
    void theGroundIsNuts(String words, RunMode runMode) {
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
        assertThatThrownBy(() -> parse("-D", "one", "two").refuseWords(messages))
                .isInstanceOf(StartException.class);
        assertThat(said.toString(UTF_8)).isEqualTo("upsd: unexpected: \"one\" \"two\"" + System.lineSeparator());
        assertThatCode(() -> parse("-D").refuseWords(messages)).doesNotThrowAnyException();
        assertThat(Getopt.withLongWords(List.of("-D", "--help", "--version"))).containsExactly("-D", "-h", "-V");
    }

    private static Getopt parse(String... words) {
        return Getopt.parse("a:x:DFB", List.of(words));
    }
}
