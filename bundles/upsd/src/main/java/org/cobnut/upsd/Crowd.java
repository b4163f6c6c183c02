package org.cobnut.upsd;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.AttributeKey;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many connections each address has, so that none takes the room of others. An address with too many strangers
 * loses one for each that comes: one that never said anything before one that did, the oldest first. So who floods
 * crowds himself out, and whoever shares the address still gets a word in. Any thread.
 */
final class Crowd {
    private static final Logger log = LoggerFactory.getLogger(Crowd.class);
    private static final AttributeKey<Boolean> SPOKE = AttributeKey.valueOf(Crowd.class, "spoke");
    private static final long QUIET = TimeUnit.MINUTES.toNanos(1);

    private final Supplier<Quotas> quotas;
    private final Map<String, Address> addresses = new HashMap<>();

    /** The connections of one address, the oldest first, and when the log heard last that they are too many. */
    private static final class Address {
        private final Set<Channel> channels = new LinkedHashSet<>();
        private int turnedAway;
        private long told = System.nanoTime() - QUIET;
    }

    Crowd(Supplier<Quotas> quotas) {
        this.quotas = quotas;
    }

    /** Whether one more connection may be; it is counted then, and watched for its first request. */
    boolean admit(Channel channel) {
        if (!(channel.remoteAddress() instanceof InetSocketAddress peer) || peer.getAddress() == null) return true;
        String address = LoginThrottle.source(peer.getAddress());
        Quotas limits = quotas.get();
        Optional<Channel> victim = Optional.empty();
        synchronized (addresses) {
            Address of = addresses.computeIfAbsent(address, first -> new Address());
            if (of.channels.size() >= limits.perAddress()) {
                tell(of, address, "as many as MAXCONN_PER_ADDRESS allows");
                return false;
            }
            if (of.channels.size() >= limits.strangers() && strangers(of).count() >= limits.strangers()) {
                tell(of, address, "as many strangers as MAXCONN_STRANGERS allows");
                victim = strangers(of).filter(one -> !one.hasAttr(SPOKE)).findFirst();
                if (victim.isEmpty()) victim = strangers(of).findFirst();
                victim.ifPresent(of.channels::remove);
            }
            of.channels.add(channel);
        }
        victim.ifPresent(Channel::close);
        channel.closeFuture().addListener(closed -> leave(address, channel));
        return true;
    }

    /** Waits for a connection's first request, for so long and no longer; to be called when it has its event loop. */
    void watch(Channel channel) {
        channel.pipeline().addLast(new FirstRequest());
        long millis = quotas.get().firstCommandMillis();
        if (millis < Connection.IDLE_SECONDS * 1000)
            channel.eventLoop()
                    .schedule(
                            () -> {
                                if (channel.isActive() && !channel.hasAttr(SPOKE)) channel.close();
                            },
                            millis,
                            TimeUnit.MILLISECONDS);
    }

    private void leave(String address, Channel channel) {
        synchronized (addresses) {
            Address of = addresses.get(address);
            if (of == null) return;
            of.channels.remove(channel);
            if (of.channels.isEmpty()) addresses.remove(address);
        }
    }

    private static Stream<Channel> strangers(Address of) {
        return of.channels.stream().filter(channel -> {
            Connection connection = channel.pipeline().get(Connection.class);
            return connection == null || !connection.known();
        });
    }

    private static void tell(Address of, String address, String why) {
        of.turnedAway++;
        long now = System.nanoTime();
        if (now - of.told < QUIET) return;
        log.warn("{} has {} connections, {}; turned away: {}", address, of.channels.size(), why, of.turnedAway);
        of.told = now;
        of.turnedAway = 0;
    }

    /** Waits for the end of the first line, and is gone then: what follows costs nothing. */
    private static final class FirstRequest extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ByteBuf bytes = (ByteBuf) message;
            if (bytes.indexOf(bytes.readerIndex(), bytes.writerIndex(), (byte) '\n') >= 0) {
                ctx.channel().attr(SPOKE).set(true);
                ctx.pipeline().remove(this);
            }
            ctx.fireChannelRead(message);
        }
    }
}
