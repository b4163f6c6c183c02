package org.cobnut.table.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cobnut.model.Outcome;
import org.cobnut.table.UnfitAnswerException;
import org.cobnut.table.Words;
import org.junit.jupiter.api.Test;

class LineWireTest {
    private final List<String> said = new ArrayList<>();
    private final LineWire<Map<String, String>> wire = new LineWire<>("acme", new Acme(), Set.of("status"));

    /** Answers {@code status} and {@code rating}, but not {@code none}. */
    private final class Acme implements LineProtocol<Map<String, String>> {
        @Override
        public Map<String, String> ask(String question) throws IOException {
            said.add(question);
            if (said.contains("gone") || question.equals("none")) throw new UnfitAnswerException("that is no answer");
            return Map.of("volts", "230");
        }

        @Override
        public Optional<String> part(Map<String, String> answer, AnswerPart part) {
            return Optional.ofNullable(answer.get(part.part()));
        }

        @Override
        public Outcome give(String order, String argument) {
            said.add(order + " " + argument);
            return Outcome.handled();
        }

        @Override
        public void close() {
            said.add("closed");
        }
    }

    @Test
    void asksOnceForAllPartsOfAnAnswer() throws IOException {
        var volts = new AnswerPart("status", "volts");
        var amperes = new AnswerPart("status", "amperes");
        assertThat(wire.read(List.of(volts, amperes))).containsExactly(Map.entry(volts, "230"));
        assertThat(said).containsExactly("status");
        assertThat(wire.unit(volts)).isEqualTo(wire.unit(amperes));
    }

    @Test
    void losesAReadingOnlyForAVitalQuestion() throws IOException {
        assertThat(wire.read(List.of(new AnswerPart("none", "volts")))).isEmpty();
        said.add("gone");
        assertThatIOException()
                .isThrownBy(() -> wire.read(List.of(new AnswerPart("status", "volts"))))
                .withMessage("acme, status: that is no answer");
    }

    @Test
    void givesOrdersAndCloses() throws IOException {
        assertThat(wire.write(AnswerPart.order("off"), "30")).isEqualTo(Outcome.handled());
        wire.close();
        assertThat(said).containsExactly("off 30", "closed");
    }

    @Test
    void comparesTheBitsOfANumber() throws IOException {
        Words low = Words.bits(3, 3, "LB");
        assertThat(low.of("7")).containsExactly("LB");
        assertThat(low.of("6")).isEmpty();
        assertThat(Words.bits(8, 0, "OFF").of("7")).containsExactly("OFF");
        assertThatExceptionOfType(UnfitAnswerException.class).isThrownBy(() -> low.of("x"));
    }
}
