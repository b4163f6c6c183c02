package org.cobnut.table.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.time.Duration;
import org.cobnut.link.LinkParameters;
import org.cobnut.link.NoAnswerException;
import org.cobnut.table.UnfitAnswerException;
import org.cobnut.testkit.serial.AnswerTable;
import org.cobnut.testkit.serial.SerialSimulator.Fault;
import org.cobnut.testkit.serial.SimulatedLine;
import org.junit.jupiter.api.Test;

class RequestLineTest {
    private static final Duration WAIT = Duration.ofSeconds(1);

    private final AnswerTable device =
            new AnswerTable("\r").says("A", "one\rtwo\r").says("B", "\u00ffx\r");
    private final RequestLine line = new RequestLine(new SimulatedLine(device, LinkParameters.NONE));

    @Test
    void readsLinesAndBlocks() throws IOException {
        line.send("A\r");
        assertThat(line.line('\r', 10, WAIT)).isEqualTo("one");
        assertThat(line.block(4, WAIT)).isEqualTo("two\r");
    }

    @Test
    void throwsAwayWhatCameBeforeARequest() throws IOException {
        line.send("A\r");
        line.send("B\r");
        assertThat(line.line('\r', 10, WAIT)).isEqualTo("\u00ffx");
    }

    @Test
    void keepsWhatArrivesWhileItRests() throws IOException {
        var paced = new RequestLine(line.link(), Duration.ofMillis(1));
        paced.append("B\rA\r");
        paced.rest(WAIT);
        assertThat(paced.line('\r', 10, WAIT)).isEqualTo("\u00ffx");
        assertThat(paced.line('\r', 10, WAIT)).isEqualTo("one");
        paced.discard();
        assertThatExceptionOfType(NoAnswerException.class).isThrownBy(() -> paced.block(1, WAIT));
    }

    @Test
    void tellsOfAnAnswerThatDoesNotEnd() throws IOException {
        device.fault(Fault.ENDLESS);
        line.send("A\r");
        assertThatExceptionOfType(NoAnswerException.class)
                .isThrownBy(() -> line.line('\r', 10, WAIT))
                .satisfies(e -> assertThat(e.received()).hasSize(10));
    }

    @Test
    void asksAgainSoOftenAtMost() throws IOException {
        device.fault(Fault.SILENCE);
        assertThatExceptionOfType(NoAnswerException.class).isThrownBy(() -> RequestLine.repeat(3, this::ask));
        assertThat(device.requests()).containsExactly("B", "B", "B");
        device.fault(Fault.NONE);
        assertThatExceptionOfType(UnfitAnswerException.class)
                .isThrownBy(() -> RequestLine.repeat(2, () -> {
                    throw new UnfitAnswerException("no");
                }));
        assertThat(RequestLine.repeat(3, this::ask)).isEqualTo("\u00ffx");
        assertThat(device.requests()).containsExactly("B");
    }

    private String ask() throws IOException {
        line.send("B\r");
        return line.line('\r', 10, WAIT);
    }
}
