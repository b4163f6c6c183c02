package org.cobnut.driversocket;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.cobnut.model.Health;
import org.cobnut.model.Outcome;
import org.cobnut.model.Snapshot;
import org.cobnut.testkit.time.ManualClock;
import org.cobnut.wire.Lexer;

/** Any bytes at all from a driver to its server, and from a server to a driver. */
class SocketFuzz {
    @FuzzTest(maxDuration = "5s")
    void takesAnything(byte[] bytes) {
        fuzzerTestOneInput(bytes);
    }

    /** The form in which the fuzzer's own program takes a target. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        fromADriver(bytes);
        fromAServer(bytes);
    }

    /** Whatever came, a good dump behind it is understood, and the device can be told to others. */
    private static void fromADriver(byte[] bytes) {
        var said = new ArrayList<String>();
        var clock = new ManualClock();
        var conversation = new DriverProtocol(
                new DriverProtocol.Connection() {
                    @Override
                    public void say(String line) {
                        said.add(line);
                    }

                    @Override
                    public void odd(String what) {
                        require(!what.isEmpty(), "an empty remark");
                    }
                },
                new Clocks(clock::nanos, clock),
                Duration.ofSeconds(15)::toNanos,
                new PendingOrders(Runnable::run));
        hear(conversation, "DUMPDONE\n".getBytes(StandardCharsets.US_ASCII));
        var promise = new CompletableFuture<Outcome>();
        conversation.order("INSTCMD load.off", promise);
        hear(conversation, bytes);
        relay(conversation.snapshot());
        hear(conversation, "\n#\n".getBytes(StandardCharsets.US_ASCII)); // whatever was under way is over now
        clock.advance(Duration.ofSeconds(10));
        hear(conversation, "SETINFO a \"b#c\"\n".getBytes(StandardCharsets.US_ASCII));
        conversation.tick();
        require(said.stream().filter("DUMPALL"::equals).count() == 2, "asked for dumps: " + said);
        hear(conversation, "SETINFO fuzz.end \"1\"\nDATAOK\nDUMPDONE\n".getBytes(StandardCharsets.US_ASCII));
        Snapshot last = conversation.snapshot();
        require(last.health() instanceof Health.Fresh, "not fresh: " + last.health());
        require(last.value("fuzz.end").equals(Optional.of("1")), "the dump was not understood");
        conversation.end();
        require(promise.isDone(), "an order without an end");
    }

    /** What came from one driver can be told to another server without loss. */
    private static void relay(Snapshot device) {
        var image = new RemoteVariables();
        for (var words : Lexer.lines(DumpEncoder.all(device, false))) image.accept(words);
        require(image.variables().equals(device.variables()), "variables were lost");
        require(image.commands().equals(device.commands()), "commands were lost");
    }

    /** Replies are whole lines, and the next peer is served as ever. */
    private static void fromAServer(byte[] bytes) {
        var gadget = new Gadget().says(Gadget.snapshot(new Health.Fresh(), "ups.status", "OL", "ups.id", "a \"b\""));
        String replies = exchange(gadget, bytes);
        require(replies.isEmpty() || replies.endsWith("\n"), "a broken line: " + replies);
        require(exchange(gadget, "PING\n".getBytes(StandardCharsets.US_ASCII)).equals("PONG\n"), "the next peer");
    }

    private static String exchange(Gadget gadget, byte[] bytes) {
        var channel = new EmbeddedChannel(new ServerConnection(new Embedded(gadget)));
        channel.writeInbound(Unpooled.wrappedBuffer(bytes));
        var text = new StringBuilder();
        for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound())
            text.append(out.toString(StandardCharsets.ISO_8859_1));
        channel.finishAndReleaseAll();
        return text.toString();
    }

    private static void hear(DriverProtocol conversation, byte[] bytes) {
        for (byte raw : bytes) conversation.hear(raw);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) throw new AssertionError(otherwise);
    }
}
