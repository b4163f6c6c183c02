package org.cobnut.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

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

    @Test
    void takesLongWordsOnlyWhereItIsTold() {
        assertThat(Getopt.parseWithLongWords("hVa:", List.of("--help", "-a", "--version", "--version"))
                        .given())
                .extracting(Getopt.Given::letter)
                .containsExactly('h', 'a', 'V');
        assertThat(Getopt.parse("hV", List.of("--help")).fault()).isEqualTo("invalid option -- '-'");
    }

    private static Getopt parse(String... words) {
        return Getopt.parse("a:x:DFB", List.of(words));
    }
}
