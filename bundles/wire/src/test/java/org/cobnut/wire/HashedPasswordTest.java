package org.cobnut.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HashedPasswordTest {
    @Test
    void isOneWordOfTheGrammarAndKnowsItsPassword() {
        HashedPassword made = HashedPassword.of("sesame", 1000);
        assertThat(Lexer.lines("password = " + made.text() + "\n"))
                .containsExactly(List.of("password", "=", made.text()));
        HashedPassword read = HashedPassword.parse(made.text());
        assertThat(read.is("sesame")).isTrue();
        assertThat(read.is("Sesame")).isFalse();
        assertThat(read.is("")).isFalse();
        assertThat(read.iterations()).isEqualTo(1000);
    }

    @Test
    void agreesWithAnotherImplementation() {
        // python3: base64(hashlib.pbkdf2_hmac('sha256', b'sesame', b'0123456789abcdef', 4096))
        HashedPassword known = HashedPassword.parse(
                "{PBKDF2-SHA256}4096$MDEyMzQ1Njc4OWFiY2RlZg$xsSjjfpQ9JzOVx5jXXcP9jpJqj1A1kIg/AwUXw1XwNE");
        assertThat(known.is("sesame")).isTrue();
    }

    @Test
    void isNeverTheSameTwice() {
        assertThat(HashedPassword.of("sesame", 1).text())
                .isNotEqualTo(HashedPassword.of("sesame", 1).text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{PBKDF2-SHA256}",
                "{PBKDF2-SHA256}0$MDEyMzQ1Njc4OWFiY2RlZg$MDEyMzQ1Njc4OWFiY2RlZg",
                "{PBKDF2-SHA256}99999999$MDEyMzQ1Njc4OWFiY2RlZg$MDEyMzQ1Njc4OWFiY2RlZg",
                "{PBKDF2-SHA1}1000$MDEyMzQ1Njc4OWFiY2RlZg$MDEyMzQ1Njc4OWFiY2RlZg",
                "{PBKDF2-SHA256}1000$short$MDEyMzQ1Njc4OWFiY2RlZg"
            })
    void whatOnlyLooksLikeOneIsRefusedWithoutBeingRepeated(String text) {
        assertThat(HashedPassword.meant(text)).isTrue();
        assertThatThrownBy(() -> HashedPassword.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("MDEy")
                .hasMessageNotContaining("short");
    }

    @Test
    void anythingElseIsAPasswordItself() {
        assertThat(HashedPassword.meant("{pbkdf2}")).isFalse();
        assertThat(HashedPassword.of("sesame", 1).toString()).doesNotContain("$");
    }
}
