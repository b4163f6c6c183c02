package org.cobnut.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusWordsTest {
    @ParameterizedTest
    @CsvSource({"OL, on line", "ob, on battery", "FSD, forced shutdown", "ECO, ECO"})
    void explainsWordsThatNutDefines(String word, String meaning) {
        assertThat(StatusWords.meaning(word)).isEqualTo(meaning);
    }
}
