package org.cobnut.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteLinkTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 100})
    void readsUpToTheEndInEveryChunking(int chunk) throws IOException {
        var link = new Arrived("(230.0\rnext\r", chunk);
        assertThat(text(link.readUntil('\r', 80, SECOND))).isEqualTo("(230.0\r");
        assertThat(text(link.readUntil('\r', 80, SECOND))).isEqualTo("next\r");
    }

    @Test
    void saysWhatCameOfAnAnswerWithoutItsEnd() {
        var fault =
                catchThrowableOfType(NoAnswerException.class, () -> new Arrived("(230", 2).readUntil('\r', 80, SECOND));
        assertThat(fault.received()).isEqualTo("(230");
        assertThat(fault).hasMessage("its answer stopped after 4 bytes");
    }

    @Test
    void callsSilenceByItsName() {
        var fault = catchThrowableOfType(NoAnswerException.class, () -> new Arrived("", 1).readUntil('\r', 80, SECOND));
        assertThat(fault).hasMessage("it did not answer within 1000 ms");
    }

    @Test
    void givesUpOnAnAnswerThatNeverEnds() {
        var fault = catchThrowableOfType(
                NoAnswerException.class, () -> new Arrived("x".repeat(100), 7).readUntil('\r', 10, SECOND));
        assertThat(fault.received()).hasSize(10);
    }

    @ParameterizedTest
    @CsvSource({
        "/dev/ttyS0, serial",
        "COM3, serial",
        "/dev/serial/by-path/pci-0000:00:14.0, serial",
        "tcp:10.0.0.1:4001, tcp",
        "rfc2217://terminal:2001, rfc2217"
    })
    void takesTheSchemeFromThePort(String port, String scheme) {
        assertThat(LinkProvider.scheme(port)).isEqualTo(scheme);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** Bytes that are all there, and then nothing. */
    private static final class Arrived implements ByteLink {
        private final byte[] bytes;
        private final int chunk;
        private int next;

        Arrived(String text, int chunk) {
            this.bytes = text.getBytes(StandardCharsets.ISO_8859_1);
            this.chunk = chunk;
        }

        @Override
        public void write(byte[] sent) {
            throw new AssertionError("nothing is sent");
        }

        @Override
        public int read(byte[] into, Duration wait) {
            int count = Math.min(Math.min(chunk, into.length), bytes.length - next);
            System.arraycopy(bytes, next, into, 0, count);
            next += count;
            return count;
        }

        @Override
        public void discard() {
            next = bytes.length;
        }

        @Override
        public void close() {
            next = bytes.length;
        }
    }
}
