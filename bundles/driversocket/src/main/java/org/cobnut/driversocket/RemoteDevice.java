package org.cobnut.driversocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.cobnut.device.DeviceService;
import org.cobnut.device.DriverFigures;
import org.cobnut.model.Health;
import org.cobnut.model.Outcome;
import org.cobnut.model.Snapshot;
import org.cobnut.wire.Quote;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A device whose driver is another program. Connected again and again; while it is not, nothing is known of it, as
 * with C's upsd. All but the methods of {@link DeviceService} belong to the loop's thread.
 */
final class RemoteDevice implements DeviceService {
    private static final Logger log = LoggerFactory.getLogger(RemoteDevice.class);

    /** Between two lines of one kind about the same driver; upsd has the same. */
    private static final long QUIET = Duration.ofMinutes(5).toNanos();

    /** What a driver may say a second in the long run, and at once. */
    private static final int RATE = 256 * 1024;

    private static final int BURST = 1024 * 1024;

    private final String ups;
    private final Supplier<Path> sockets;
    private final boolean quietly;
    private final SocketEventLoop loop;
    private final Clocks time;
    private final LongSupplier maxage;
    private final Stage stage;
    private volatile Snapshot snapshot;
    private volatile DriverFigures figures = DriverFigures.NONE;
    private volatile boolean over;
    private @Nullable Call call;
    private boolean connecting;
    private long connections;
    private @Nullable Instant lost;
    private long refusedAt;
    private long oddAt;

    /** Where the device is shown. */
    interface Stage {
        /** The device is there from now on; harmless when repeated. */
        void show(RemoteDevice device);

        void changed(Snapshot before, Snapshot after);
    }

    /**
     * A device that is not connected yet.
     *
     * @param sockets where its driver is, asked for before each connection
     */
    RemoteDevice(
            SocketSection.Lines section,
            Supplier<Path> sockets,
            boolean quietly,
            SocketEventLoop loop,
            Clocks time,
            LongSupplier maxage,
            Stage stage) {
        this.ups = section.ups();
        this.sockets = sockets;
        this.quietly = quietly;
        this.loop = loop;
        this.time = time;
        this.maxage = maxage;
        this.stage = stage;
        snapshot = Snapshot.empty(time.wall().instant(), new Health.Starting());
        refusedAt = time.now() - QUIET;
        oddAt = refusedAt;
    }

    @Override
    public Snapshot snapshot() {
        return snapshot;
    }

    @Override
    public DriverFigures figures() {
        return figures;
    }

    @Override
    public CompletionStage<Outcome> set(String variable, String value) {
        return order("SET " + Quote.word(variable) + ' ' + Quote.quote(value));
    }

    @Override
    public CompletionStage<Outcome> run(String command, String argument) {
        String request = "INSTCMD " + Quote.word(command);
        if (argument.isEmpty()) return order(request);
        if (argument.equalsIgnoreCase("TRACKING")) // which the protocol takes for its own word
        return CompletableFuture.completedStage(Outcome.invalid("no driver can be told " + argument));
        return order(request + ' ' + Quote.quote(argument));
    }

    /** To be called about every second. */
    void tick() {
        Call now = call;
        if (now != null) now.tick();
        else if (!connecting && !over) connect();
    }

    /** Leaves the driver alone from now on. */
    void close() {
        over = true;
        Call now = call;
        if (now != null) now.channel.close();
    }

    private CompletionStage<Outcome> order(String request) {
        var promise = new CompletableFuture<Outcome>();
        try {
            loop.thread().execute(() -> {
                Call now = call;
                if (now == null || !now.channel.isWritable())
                    loop.answers().execute(() -> promise.complete(Outcome.failed("its driver is not connected")));
                else now.conversation.order(request, promise);
            });
        } catch (RejectedExecutionException stopping) {
            promise.complete(Outcome.failed("the server is stopping"));
        }
        return promise.minimalCompletionStage();
    }

    private void connect() {
        Path socket = sockets.get();
        if (!Files.exists(socket)) {
            refused(socket, "No such file or directory");
            return;
        }
        connecting = true;
        loop.connect(socket, new Ear()).addListener(done -> {
            connecting = false;
            if (!done.isSuccess()) refused(socket, reason(done.cause()));
        });
    }

    private void refused(Path socket, String why) {
        if (quietly || time.now() - refusedAt < QUIET) return;
        refusedAt = time.now();
        log.warn("Can't connect to UPS [{}] ({}): {}", ups, socket.getFileName(), why);
    }

    private void odd(String what) {
        if (time.now() - oddAt < QUIET) return;
        oddAt = time.now();
        log.warn("UPS [{}]: its driver on {} {}", ups, sockets.get(), what);
    }

    @SuppressWarnings("ReferenceEquality") // the same object for as long as nothing has changed
    private void publish(Snapshot after) {
        Snapshot before = snapshot;
        if (before == after) return;
        snapshot = after;
        if (over) return; // whoever comes after it speaks now
        stage.changed(before, after);
    }

    private void opened(Call now) {
        call = now;
        count(connections++, figures.lastError(), figures.failed());
        publish(now.conversation.snapshot());
        stage.show(this);
    }

    @SuppressWarnings("ReferenceEquality")
    private void closed(Call gone, String why) {
        gone.conversation.end();
        if (call != gone) return;
        call = null;
        Instant now = time.wall().instant();
        if (lost == null) lost = now;
        count(figures.restarts(), why, Optional.of(now));
        publish(Snapshot.empty(now, new Health.Reconnecting(lost, why, now.plusSeconds(1))));
        log.debug("UPS [{}]: the connection to its driver is over ({})", ups, why);
    }

    private void count(long restarts, String lastError, Optional<Instant> failed) {
        figures = new DriverFigures(restarts, Optional.empty(), Optional.empty(), lastError, failed);
    }

    private static String reason(Throwable cause) {
        String message = cause.getMessage();
        return message == null ? cause.toString() : message.replaceFirst(": /.*$", "");
    }

    /** One connection. */
    private final class Call implements DriverProtocol.Connection {
        private final Channel channel;
        private final DriverProtocol conversation;
        private int credit = BURST;

        Call(Channel channel) {
            this.channel = channel;
            conversation = new DriverProtocol(this, time, maxage, new PendingOrders(loop.answers()));
        }

        @Override
        public void say(String line) {
            if (channel.isWritable())
                channel.writeAndFlush(
                        Unpooled.copiedBuffer(line + '\n', StandardCharsets.US_ASCII), channel.voidPromise());
        }

        @Override
        public void odd(String what) {
            RemoteDevice.this.odd(what);
        }

        void tick() {
            conversation.tick();
            credit = Math.min(BURST, credit + RATE);
            if (credit > 0 && !channel.config().isAutoRead()) channel.config().setAutoRead(true);
            publish(conversation.snapshot());
        }

        void hear(ByteBuf bytes) {
            credit -= bytes.readableBytes();
            while (bytes.isReadable()) conversation.hear(bytes.readByte());
            if (credit > 0) return;
            odd("says too much; it is read slowly");
            channel.config().setAutoRead(false);
        }
    }

    /** Hears a connection. */
    private final class Ear extends ChannelInboundHandlerAdapter {
        private @Nullable Call mine;
        private String why = "closed by the driver";

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            if (over) {
                ctx.close();
                return;
            }
            mine = new Call(ctx.channel());
            opened(mine);
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            var bytes = (ByteBuf) message;
            try {
                if (mine != null) mine.hear(bytes);
            } finally {
                bytes.release();
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            if (mine == null) return;
            Snapshot after = mine.conversation.snapshot();
            if (after.health() instanceof Health.Fresh) lost = null;
            publish(after);
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            if (mine != null) closed(mine, why);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            why = reason(cause);
            ctx.close();
        }
    }
}
