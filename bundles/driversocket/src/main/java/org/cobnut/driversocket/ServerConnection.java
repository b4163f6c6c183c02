package org.cobnut.driversocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.cobnut.model.Outcome;
import org.cobnut.model.Snapshot;
import org.cobnut.wire.Lexer;
import org.cobnut.wire.Quote;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection from a server to a device of ours: its requests, and what it is told by itself (sock-protocol). What it
 * has been told last is known, so that updates for which it has no room are not kept but made into one. While it does
 * not read, nothing is read from it; after a while it is sent away.
 */
final class ServerConnection extends ChannelInboundHandlerAdapter {
    /** Orders of one peer that are not answered yet. */
    static final int MOST = 32;

    private static final Logger log = LoggerFactory.getLogger(ServerConnection.class);
    private static final long PATIENCE_SECONDS = 30;
    private static final String TRACKING = "TRACKING";

    private final Served served;
    private final Lexer lexer = new Lexer();
    private @Nullable ChannelHandlerContext context;
    private @Nullable ByteBuf rest;
    private Snapshot told;
    private boolean toldFresh;
    private boolean broadcast = true;
    private boolean leaving;
    private int orders;
    private int drained;

    /** The device as its peers meet it; the loop's thread. */
    interface Served {
        String ups();

        Snapshot snapshot();

        /** Whether its values count. */
        boolean fresh(Snapshot snapshot);

        CompletionStage<Outcome> set(String variable, String value);

        CompletionStage<Outcome> run(String command, String argument);

        void came(ServerConnection peer);

        void went(ServerConnection peer);
    }

    ServerConnection(Served served) {
        this.served = served;
        told = served.snapshot();
        toldFresh = served.fresh(told);
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        context = ctx;
        served.came(this);
        update();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        served.went(this);
        drop();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        var bytes = (ByteBuf) message;
        rest = rest == null ? bytes : Unpooled.wrappedBuffer(rest, bytes);
        answer(ctx);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        ctx.flush();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (!ctx.channel().isWritable()) {
            watch(ctx);
            return;
        }
        drained++;
        answer(ctx);
        update();
        ctx.flush();
        if (rest == null) ctx.channel().config().setAutoRead(true);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        log.debug("UPS [{}]: a connection to its socket is over ({})", served.ups(), cause.getMessage());
        ctx.close();
    }

    /** Tells what is new, if the peer wants to know and has room. */
    @SuppressWarnings("ReferenceEquality") // mostly it is the same object, and then there is nothing to compare
    void update() {
        ChannelHandlerContext ctx = context;
        if (ctx == null || leaving || !broadcast || !ctx.channel().isWritable()) return;
        Snapshot now = served.snapshot();
        boolean fresh = served.fresh(now);
        if (now == told && fresh == toldFresh) return;
        String lines = DumpEncoder.difference(told, toldFresh, now, fresh);
        told = now;
        toldFresh = fresh;
        if (!lines.isEmpty()) ctx.writeAndFlush(buffer(lines), ctx.voidPromise());
    }

    void close() {
        ChannelHandlerContext ctx = context;
        if (ctx != null) ctx.close();
    }

    private void answer(ChannelHandlerContext ctx) {
        ByteBuf bytes = rest;
        if (bytes == null) return;
        while (bytes.isReadable() && ctx.channel().isWritable() && !leaving) {
            switch (lexer.accept(bytes.readByte())) {
                case LINE -> request(lexer.words());
                case ERROR -> bytes.skipBytes(bytes.readableBytes()); // as everywhere in NUT
                case MORE -> {}
            }
        }
        if (bytes.isReadable()) ctx.channel().config().setAutoRead(false);
        else drop();
    }

    private void request(List<String> words) {
        if (words.isEmpty()) return;
        String verb = words.get(0).toUpperCase(Locale.ROOT);
        switch (verb) {
            case "PING" -> say("PONG\n");
            case "GETPID" -> say("PID " + ProcessHandle.current().pid() + '\n');
            case "DUMPALL" -> dump();
            case "DUMPSTATUS" -> say(DumpEncoder.one(served.snapshot(), "ups.status"));
            case "DUMPVALUE" -> {
                if (words.size() == 2) say(DumpEncoder.one(served.snapshot(), words.get(1)));
            }
            case "NOBROADCAST" -> broadcast = false;
            case "BROADCAST" -> broadcast = words.size() < 2 || !words.get(1).matches("-\\d+|0+");
            case "INSTCMD" -> instcmd(words.subList(1, words.size()));
            case "SET" -> set(words.subList(1, words.size()));
            case "LOGOUT" -> logout();
            default -> log.debug("UPS [{}]: a peer of its socket asks for {}", served.ups(), verb);
        }
    }

    /** Updates that are due go first: a dump tells of nothing that has vanished. */
    private void dump() {
        update();
        Snapshot now = served.snapshot();
        say(DumpEncoder.all(now, served.fresh(now)));
    }

    /** {@code INSTCMD command [argument] [TRACKING id]}. */
    private void instcmd(List<String> words) {
        if (words.isEmpty()) return;
        List<String> plain = withoutId(words);
        if (plain.size() > 2) return;
        order(words, () -> served.run(plain.get(0), plain.size() == 2 ? plain.get(1) : ""));
    }

    /** {@code SET variable value [TRACKING id]}. */
    private void set(List<String> words) {
        List<String> plain = withoutId(words);
        if (plain.size() == 2) order(words, () -> served.set(plain.get(0), plain.get(1)));
    }

    private static List<String> withoutId(List<String> words) {
        int from = words.size() - 2;
        boolean followed = from > 0 && words.get(from).equalsIgnoreCase(TRACKING);
        return followed ? words.subList(0, from) : words;
    }

    private void order(List<String> words, Ask ask) {
        boolean followed = withoutId(words).size() < words.size();
        String id = followed ? words.get(words.size() - 1) : "";
        if (orders >= MOST) {
            ended(id, Outcome.Code.FAILED);
            return;
        }
        orders++;
        BiConsumer<@Nullable Outcome, @Nullable Throwable> end = (outcome, failure) -> executeInLoop(() -> {
            orders--;
            ended(id, outcome == null ? Outcome.Code.FAILED : outcome.code());
        });
        ask.order().whenComplete(end);
    }

    private interface Ask {
        CompletionStage<Outcome> order();
    }

    private void executeInLoop(Runnable task) {
        ChannelHandlerContext ctx = context;
        if (ctx != null && ctx.channel().isActive()) ctx.executor().execute(task);
    }

    private void ended(String id, Outcome.Code code) {
        if (id.isEmpty()) return;
        say(TRACKING + ' ' + Quote.word(id) + ' ' + OutcomeCodes.number(code) + '\n');
        ChannelHandlerContext ctx = context;
        if (ctx != null) ctx.flush();
    }

    private void logout() {
        leaving = true;
        say("OK Goodbye\n");
        ChannelHandlerContext ctx = context;
        if (ctx != null) ctx.executor().schedule(() -> ctx.close(), 1, TimeUnit.SECONDS);
    }

    private void say(String lines) {
        ChannelHandlerContext ctx = context;
        if (ctx != null) ctx.write(buffer(lines), ctx.voidPromise());
    }

    private static ByteBuf buffer(String lines) {
        return Unpooled.wrappedBuffer(lines.getBytes(StandardCharsets.US_ASCII));
    }

    private void watch(ChannelHandlerContext ctx) {
        int now = drained;
        ctx.executor()
                .schedule(
                        () -> {
                            if (drained != now || !ctx.channel().isActive()) return;
                            log.warn("UPS [{}]: a program on its socket does not read; it is sent away", served.ups());
                            ctx.close();
                        },
                        PATIENCE_SECONDS,
                        TimeUnit.SECONDS);
    }

    private void drop() {
        ByteBuf bytes = rest;
        rest = null;
        if (bytes != null) bytes.release();
    }
}
