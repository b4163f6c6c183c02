package org.cobnut.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OptionsTest {
    @Test
    void takesAnArgumentFromTheSameWordOrTheNext() {
        Options options = parse("-uadmin", "-p", "-x", "ups");
        assertThat(options.value('u', "")).isEqualTo("admin");
        assertThat(options.value('p', "")).isEqualTo("-x");
        assertThat(options.rest()).containsExactly("ups");
    }

    @Test
    void unbundlesLetters() {
        Options options = parse("-lwu", "me", "ups");
        assertThat(options.has('l')).isTrue();
        assertThat(options.has('w')).isTrue();
        assertThat(options.value('u', "")).isEqualTo("me");
    }

    @Test
    void endsAtTheFirstWordAndAtTwoHyphens() {
        assertThat(parse("ups", "-l").has('l')).isFalse();
        assertThat(parse("ups", "-l").rest()).containsExactly("ups", "-l");
        assertThat(parse("--", "-l").rest()).containsExactly("-l");
        assertThat(parse("-", "-l").rest()).containsExactly("-", "-l");
    }

    @Test
    void keepsTheLastOfEqualOptions() {
        assertThat(parse("-u", "a", "-u", "b").value('u', "")).isEqualTo("b");
        assertThat(parse().value('u', "other")).isEqualTo("other");
        assertThat(parse("-u", "a", "-l").overrides('u', 'l')).isFalse();
        assertThat(parse("-l", "-u", "a").overrides('u', 'l')).isTrue();
    }

    @Test
    void saysWhatIsWrongAndOffersHelp() {
        assertThat(parse("-z").fault()).isEqualTo("invalid option -- 'z'");
        assertThat(parse("-:").fault()).isEqualTo("invalid option -- ':'");
        assertThat(parse("--json").fault()).isEqualTo("invalid option -- '-'");
        assertThat(parse("-u").fault()).isEqualTo("option requires an argument -- 'u'");
        assertThat(parse("-u").has('h')).isTrue();
    }

    @Test
    void readsNothingBehindHelpOrVersion() {
        assertThat(parse("-h", "-z").fault()).isEmpty();
        assertThat(parse("-Vh").has('h')).isFalse();
    }

    private static Options parse(String... args) {
        return Options.parse("hVlwu:p:", args);
    }
}
