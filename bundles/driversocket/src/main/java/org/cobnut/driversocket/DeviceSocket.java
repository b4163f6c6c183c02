package org.cobnut.driversocket;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.cobnut.device.DeviceService;
import org.cobnut.model.Health;
import org.cobnut.model.Outcome;
import org.cobnut.model.Snapshot;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A device of ours on the socket on which NUT's server looks for its driver. Listens from the first reading on, as a
 * driver does. All but {@link #changed} belongs to the loop's thread.
 */
final class DeviceSocket implements ServerConnection.Served {
    private static final Logger log = LoggerFactory.getLogger(DeviceSocket.class);

    /** More connections to one device than any house has servers. */
    private static final int MOST = 32;

    /** How long a device may be lost before its values do not count; drivers of NUT try three times. */
    private static final long GRACE = Duration.ofSeconds(5).toNanos();

    private static final long NEVER = Long.MIN_VALUE;
    private static final long RETRY = Duration.ofMinutes(5).toNanos();

    private final String ups;
    private final Path socket;
    private final String group;
    private final DeviceService device;
    private final SocketEventLoop loop;
    private final Clocks time;
    private final @Nullable DriverProgram alone;
    private final List<ServerConnection> peers = new ArrayList<>();
    private final AtomicBoolean updating = new AtomicBoolean();
    private volatile boolean wanted;
    private volatile boolean met;
    private volatile long lostAt = NEVER;
    private boolean over;
    private boolean asking;
    private @Nullable ListeningSocket file;
    private @Nullable Channel other;
    private long failedAt;

    /** Not there yet; {@code alone} is for the program of one driver, and else null. */
    DeviceSocket(
            SocketSection.Lines section,
            Path socket,
            DeviceService device,
            SocketEventLoop loop,
            Clocks time,
            @Nullable DriverProgram alone) {
        this.ups = section.ups();
        this.socket = socket;
        this.group = section.group();
        this.device = device;
        this.loop = loop;
        this.time = time;
        this.alone = alone;
        failedAt = time.now() - RETRY;
        // Of a device that is lost already nobody knows since when; then it counts as long.
        if (device.snapshot().health() instanceof Health.Reconnecting) lostAt = time.now() - GRACE;
    }

    /** The device has changed; any thread. Without a peer it costs next to nothing. */
    void changed(Snapshot after) {
        if (!(after.health() instanceof Health.Reconnecting)) lostAt = NEVER;
        else if (lostAt == NEVER) lostAt = time.now();
        boolean first = !wanted && !after.variables().isEmpty();
        if ((met || first) && updating.compareAndSet(false, true)) loop.thread().execute(this::update);
    }

    /** To be called about every second. */
    void tick() {
        if (over) return;
        if (file == null && !device.snapshot().variables().isEmpty()) listen();
        if (lostAt != NEVER) peers.forEach(ServerConnection::update); // the grace may be over
    }

    void close() {
        over = true;
        if (file != null) file.close();
        if (other != null) other.close();
        List.copyOf(peers).forEach(ServerConnection::close);
    }

    boolean serves(SocketSection.Lines section, Path path, DeviceService now) {
        return ups.equals(section.ups()) && socket.equals(path) && group.equals(section.group()) && sameDevice(now);
    }

    @SuppressWarnings("ReferenceEquality") // the very service, not one that is like it
    private boolean sameDevice(DeviceService now) {
        return device == now;
    }

    @Override
    public String ups() {
        return ups;
    }

    @Override
    public Snapshot snapshot() {
        return device.snapshot();
    }

    @Override
    public boolean fresh(Snapshot snapshot) {
        if (snapshot.health() instanceof Health.Fresh) return true;
        long since = lostAt;
        return snapshot.health() instanceof Health.Reconnecting
                && !snapshot.variables().isEmpty()
                && since != NEVER
                && time.now() - since < GRACE;
    }

    @Override
    public CompletionStage<Outcome> set(String variable, String value) {
        return device.set(variable, value);
    }

    @Override
    public CompletionStage<Outcome> run(String command, String argument) {
        var own = alone == null ? Optional.<CompletionStage<Outcome>>empty() : alone.order(command);
        return own.orElseGet(() -> device.run(command, argument));
    }

    @Override
    public void came(ServerConnection peer) {
        if (over || peers.size() >= MOST) {
            if (!over) log.warn("UPS [{}]: more than {} connections to {}; one is refused", ups, MOST, socket);
            peer.close();
            return;
        }
        peers.add(peer);
        met = true;
    }

    @Override
    public void went(ServerConnection peer) {
        peers.remove(peer);
        met = !peers.isEmpty();
    }

    private void update() {
        updating.set(false);
        if (!wanted) tick();
        peers.forEach(ServerConnection::update);
    }

    /** Takes the place, unless another program has it. */
    private void listen() {
        wanted = true;
        if (asking || other != null) return;
        if (Files.exists(socket)) {
            asking = true;
            loop.connect(socket, new Other()).addListener(done -> {
                asking = false;
                if (!done.isSuccess() && !over) bind(); // the file of a process that is dead
            });
        } else bind();
    }

    private void bind() {
        try {
            file = ListeningSocket.listen(loop, socket, group, () -> new ServerConnection(this));
            log.debug("UPS [{}]: listening on {}", ups, socket);
            if (alone != null) alone.listens();
        } catch (IOException e) {
            if (alone != null && alone.fails("UPS [" + ups + "]: " + e.getMessage())) return;
            if (time.now() - failedAt < RETRY) return;
            failedAt = time.now();
            log.warn("UPS [{}]: no driver socket for other programs: {}", ups, e.getMessage());
        }
    }

    /** Waits at the socket of another program for its end; coming and going would trouble it. */
    private final class Other extends ChannelInboundHandlerAdapter {
        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            if (over) {
                ctx.close();
                return;
            }
            other = ctx.channel();
            if (alone != null && alone.fails("UPS [" + ups + "]: another program serves " + socket)) return;
            log.warn("UPS [{}]: another program serves {}; it is left to it", ups, socket);
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ReferenceCountUtil.release(message);
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            other = null;
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }
}
