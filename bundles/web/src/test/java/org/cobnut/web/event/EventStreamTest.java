package org.cobnut.web.event;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EventStreamTest {
    private final Connection connection = new Connection();
    private final AtomicInteger completed = new AtomicInteger();
    private final List<EventStream> ended = new ArrayList<>();
    private final EventStream stream = new EventStream(context(), connection, ended::add);

    /** A connection that takes so many writes before it is full. */
    private static final class Connection extends ServletOutputStream {
        private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
        private int room = Integer.MAX_VALUE;
        private boolean broken;

        @Override
        public boolean isReady() {
            return room > 0;
        }

        @Override
        public void setWriteListener(WriteListener listener) {}

        @Override
        public void write(int b) {
            sent.write(b);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            if (broken) throw new IOException("Broken pipe");
            assertThat(room)
                    .as("a write is made only while the connection takes it")
                    .isPositive();
            room--;
            sent.write(bytes, from, length);
        }

        String text() {
            return sent.toString(StandardCharsets.US_ASCII);
        }
    }

    @Test
    void nothingIsWrittenBeforeTheConnectionIsReadyAndThenAllInOrder() throws IOException {
        stream.start();
        stream.offer(bytes("one "));
        stream.offer(bytes("two "));
        assertThat(connection.text()).isEmpty();
        stream.onWritePossible();
        stream.offer(bytes("three"));
        assertThat(connection.text()).isEqualTo("one two three");
    }

    @Test
    void aReaderThatIsFullGoesOnWhereItWas() throws IOException {
        stream.start();
        stream.onWritePossible();
        connection.room = 1;
        for (String message : List.of("a", "b", "c"))
            assertThat(stream.offer(bytes(message))).isTrue();
        assertThat(connection.text()).isEqualTo("a");
        connection.room = 2;
        stream.onWritePossible();
        assertThat(connection.text()).isEqualTo("abc");
        assertThat(completed).hasValue(0);
    }

    @Test
    void aReaderThatFallsBehindIsCutOnceAndItsMessagesAreDropped() throws IOException {
        stream.start();
        stream.onWritePossible();
        connection.room = 0;
        var message = new byte[100_000];
        int taken = 0;
        while (stream.offer(message)) taken++;
        assertThat(taken * message.length).isLessThanOrEqualTo(EventStream.MOST_WAITING);
        assertThat(ended).containsExactly(stream);
        assertThat(completed).hasValue(1);
        connection.room = 100;
        stream.onWritePossible();
        assertThat(connection.text()).isEmpty();
        assertThat(stream.offer(message)).as("it is over and counts no more").isTrue();
    }

    @Test
    void aFirstMessageOfAnySizeIsTaken() throws IOException {
        stream.start();
        assertThat(stream.offer(new byte[2 * EventStream.MOST_WAITING])).isTrue();
        assertThat(stream.offer(bytes("next"))).isFalse();
    }

    @Test
    void aReaderThatHasGoneIsForgotten() throws IOException {
        stream.start();
        stream.onWritePossible();
        connection.broken = true;
        stream.offer(bytes("lost"));
        assertThat(ended).containsExactly(stream);
        assertThat(stream.ended()).isTrue();
        assertThat(stream.forget()).isTrue();
        assertThat(stream.forget()).isFalse();
    }

    private AsyncContext context() {
        return (AsyncContext) Proxy.newProxyInstance(
                EventStreamTest.class.getClassLoader(),
                new Class<?>[] {AsyncContext.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("complete")) completed.incrementAndGet();
                    if (method.getName().equals("start")) ((Runnable) arguments[0]).run();
                    return null;
                });
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
