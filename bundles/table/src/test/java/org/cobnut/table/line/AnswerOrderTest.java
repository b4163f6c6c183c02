package org.cobnut.table.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.cobnut.link.NoAnswerException;
import org.cobnut.table.UnfitAnswerException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AnswerOrderTest {
    private final List<String> asked = new ArrayList<>();
    private final Deque<String> waiting = new ArrayDeque<>();
    private final AnswerOrder<String> order = new AnswerOrder<>(List.of("maker", "model"), this::exchange);
    private boolean late;

    /** Answers with the question; when it is late, nothing comes, and the answer stands in front of the next. */
    private String exchange(String question) throws NoAnswerException {
        asked.add(question);
        waiting.add(question);
        if (late) throw new NoAnswerException(new byte[0], Duration.ZERO);
        return waiting.remove();
    }

    @BeforeEach
    void learn() throws IOException {
        assertThat(order.ask("maker")).isEqualTo("maker");
        assertThat(order.ask("model")).isEqualTo("model");
        asked.clear();
    }

    @Test
    void believesNothingWhileAnswersAreOneBehind() throws IOException {
        late = true;
        assertThatExceptionOfType(NoAnswerException.class).isThrownBy(() -> order.ask("volts"));
        late = false;
        assertThatExceptionOfType(UnfitAnswerException.class).isThrownBy(() -> order.ask("volts"));
        assertThat(asked).containsExactly("volts", "maker");
        waiting.clear();
        assertThat(order.ask("volts")).isEqualTo("volts");
        assertThat(asked).containsExactly("volts", "maker", "maker", "model", "volts");
    }

    @Test
    void asksForAProofOnlyOnce() throws IOException {
        order.doubt();
        order.ask("volts");
        order.ask("volts");
        assertThat(asked).containsExactly("maker", "model", "volts", "volts");
    }
}
