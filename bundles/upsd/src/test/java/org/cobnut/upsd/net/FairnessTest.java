package org.cobnut.upsd.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.cobnut.model.Health;
import org.cobnut.model.Names;
import org.cobnut.model.Snapshot;
import org.cobnut.model.VarType;
import org.cobnut.model.Variable;
import org.cobnut.upsd.protocol.RequestHandler;
import org.cobnut.upsd.tls.TlsProvider;
import org.cobnut.upsd.tls.TlsSettings;
import org.cobnut.upsd.tls.TlsTestServer;
import org.junit.jupiter.api.Test;

/** What one connection may take of the server at a time. */
class FairnessTest {
    private final Fixture fixture = new Fixture();
    private final MemoryLimiter memory = new MemoryLimiter(16 << 20, System::nanoTime);
    private final Connection.Shared shared = new Connection.Shared(
            TlsProvider.NONE,
            new ConnectionLimiter(() -> fixture.quotas, () -> fixture.limits),
            memory,
            new TurnQueue.Registry());

    @Test
    void manyRequestsAreAnsweredInTurnsBetweenWhichOthersAreServed() {
        EmbeddedChannel busy = open();
        int count = 20_000;
        busy.writeOneInbound(
                Unpooled.copiedBuffer("GET VAR demo no.such\n".repeat(count), StandardCharsets.ISO_8859_1));
        busy.pipeline().fireChannelReadComplete();
        int first = lines(busy);
        assertThat(first).as("of one turn").isBetween(1, count - 1);
        assertThat(busy.config().isAutoRead()).as("no more is read meanwhile").isFalse();
        finish(busy);
        assertThat(first + lines(busy)).isEqualTo(count);
        assertThat(busy.config().isAutoRead()).as("all is answered").isTrue();
    }

    @Test
    void aLongReplyIsWholeAndLeavesInParts() {
        long variables = 9000;
        fill(variables);
        EmbeddedChannel channel = open();
        send(channel, "LIST VAR demo\nNETVER\n");
        finish(channel);
        var text = new StringBuilder();
        for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
            assertThat(part.capacity()).isLessThanOrEqualTo(64 * 1024);
            text.append(part.toString(StandardCharsets.ISO_8859_1));
            part.release();
        }
        assertThat(text.toString()).startsWith("BEGIN LIST VAR demo\n").endsWith("END LIST VAR demo\n1.3\n");
        assertThat(text.chars().filter(c -> c == '\n').count()).isEqualTo(variables + 3);
        assertThat(memory.total()).isZero();
    }

    @Test
    void aLineWithoutEndIsCounted() {
        EmbeddedChannel channel = open();
        send(channel, ("x".repeat(500) + " ").repeat(40));
        assertThat(memory.total()).isBetween(15_000L, 32_000L);
        channel.close();
        assertThat(memory.total()).isZero();
    }

    /** A client that reads late gets all replies, and the event loop is free afterwards. */
    @Test
    void whoReadsLateGetsAllAndStopsNobody() throws IOException {
        fill(9000);
        try (var serving = new TlsTestServer(fixture, false, TlsSettings.NONE);
                var late = new Socket()) {
            late.setReceiveBufferSize(4096);
            late.setSoTimeout(20_000);
            late.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), serving.port()));
            String lists = "LIST VAR demo\n".repeat(4);
            for (int i = 0; i < 3; i++) {
                late.getOutputStream().write(lists.getBytes(StandardCharsets.ISO_8859_1));
                assertThat(netver(serving.port())).as("while it reads nothing").isEqualTo("1.3");
                var in = new BufferedReader(new InputStreamReader(late.getInputStream(), StandardCharsets.ISO_8859_1));
                assertThat(in.lines().filter("END LIST VAR demo"::equals).limit(4))
                        .hasSize(4);
                assertThat(netver(serving.port())).as("when it has read all").isEqualTo("1.3");
            }
        }
    }

    private static String netver(int port) throws IOException {
        try (var other = new Socket(InetAddress.getLoopbackAddress(), port)) {
            other.setSoTimeout(20_000);
            other.getOutputStream().write("NETVER\n".getBytes(StandardCharsets.ISO_8859_1));
            return new BufferedReader(new InputStreamReader(other.getInputStream(), StandardCharsets.ISO_8859_1))
                    .readLine();
        }
    }

    private void fill(long count) {
        SortedMap<String, Variable> variables = new TreeMap<>(Names.ORDER);
        for (int i = 0; i < count; i++) {
            String name = "experimental.long." + i;
            variables.put(name, new Variable(name, "v".repeat(480), VarType.READ_ONLY));
        }
        fixture.device.snapshot = new Snapshot(
                java.time.Instant.EPOCH, new Health.Fresh(), variables, new java.util.TreeSet<>(List.of()));
    }

    private EmbeddedChannel open() {
        return new EmbeddedChannel(new Connection(
                connection -> new RequestHandler(fixture.service, "192.0.2.7", connection::close), shared));
    }

    private static void send(EmbeddedChannel channel, String text) {
        channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1));
    }

    /** Gives it turns until it reads again, for then all is answered. */
    private static void finish(EmbeddedChannel channel) {
        for (int i = 0; i < 1_000_000 && !channel.config().isAutoRead(); i++) channel.runPendingTasks();
    }

    private static int lines(EmbeddedChannel channel) {
        int lines = 0;
        for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
            lines += (int) out.toString(StandardCharsets.ISO_8859_1)
                    .chars()
                    .filter(c -> c == '\n')
                    .count();
            out.release();
        }
        return lines;
    }
}
