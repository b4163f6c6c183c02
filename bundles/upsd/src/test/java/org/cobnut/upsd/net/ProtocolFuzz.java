package org.cobnut.upsd.net;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import org.cobnut.upsd.protocol.RequestHandler;

/** Any bytes at all from a client: every reply is whole lines, and the next client is served as ever. */
class ProtocolFuzz {
    @FuzzTest(maxDuration = "5s")
    void answersAnything(byte[] bytes) {
        fuzzerTestOneInput(bytes);
    }

    /** The form in which the fuzzer's own program takes a target. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        var fixture = new Fixture();
        String replies = exchange(
                fixture,
                Unpooled.copiedBuffer("USERNAME admin\nPASSWORD sesame\n", StandardCharsets.US_ASCII),
                Unpooled.wrappedBuffer(bytes));
        require(replies.startsWith("OK\nOK\n") && replies.endsWith("\n"), "a broken line: " + replies);
        require(fixture.registry.find("demo").orElseThrow().clients().isEmpty(), "a login without its client");
        require(
                exchange(fixture, Unpooled.copiedBuffer("NETVER\n", StandardCharsets.US_ASCII))
                        .equals("1.3\n"),
                "the next client");
    }

    private static String exchange(Fixture fixture, ByteBuf... chunks) {
        var channel = new EmbeddedChannel(new Connection(
                connection -> new RequestHandler(fixture.service, connection.address(), connection::close),
                fixture.shared()));
        var text = new StringBuilder();
        for (ByteBuf chunk : chunks) {
            if (channel.isOpen()) channel.writeInbound(chunk);
            for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound())
                text.append(out.toString(StandardCharsets.ISO_8859_1));
        }
        channel.finishAndReleaseAll();
        return text.toString();
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) throw new AssertionError(otherwise);
    }
}
