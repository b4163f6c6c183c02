package org.cobnut.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuoteTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            plain       | plain         | "plain"         | plain
            ``          | ``            | ""              | ""
            two words   | two words     | "two words"     | "two words"
            a"b         | a\\"b         | "a\\"b"         | "a\\"b"
            a\\b        | a\\\\b        | "a\\\\b"        | "a\\\\b"
            a#b         | a\\#b         | "a\\#b"         | "a\\#b"
            a=b         | a=b           | "a=b"           | "a=b"
            'a'         | 'a'           | "'a'"           | 'a'
            "\\#        | \\"\\\\\\#    | "\\"\\\\\\#"    | "\\"\\\\\\#"
            """)
    void escapesAndQuotesOnlyWhatMustBe(String text, String escaped, String quoted, String word) {
        assertThat(Quote.escape(text)).isEqualTo(escaped);
        assertThat(Quote.quote(text)).isEqualTo(quoted);
        assertThat(Quote.word(text)).isEqualTo(word);
    }
}
