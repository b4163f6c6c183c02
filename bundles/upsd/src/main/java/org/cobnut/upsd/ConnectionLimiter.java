package org.cobnut.upsd;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Limits how many connections there are: in all, of one address, and of one address without a login. A connection
 * without a login makes room for a new one: one that never completed a request before one that did, the oldest first,
 * of the address that has most of them. So a flood from one address drives out its own connections. Any thread.
 */
final class ConnectionLimiter {
    private static final Logger log = LoggerFactory.getLogger(ConnectionLimiter.class);
    private static final AttributeKey<Address> ADDRESS = AttributeKey.valueOf(ConnectionLimiter.class, "address");
    private static final long QUIET = TimeUnit.MINUTES.toNanos(1);

    private final Supplier<Quotas> quotas;
    private final Supplier<Limits> limits;
    private final Map<String, Address> addresses = new HashMap<>();
    private int counted;
    private int open;

    /** The connections of one address, the oldest first, and when the log heard last that they are too many. */
    private static final class Address {
        private final String name;
        private final Set<Channel> silent = new LinkedHashSet<>();
        private final Set<Channel> spoken = new LinkedHashSet<>();
        private final Set<Channel> known = new LinkedHashSet<>();
        private int turnedAway;
        private long told = System.nanoTime() - QUIET;

        Address(String name) {
            this.name = name;
        }

        int size() {
            return silent.size() + spoken.size() + known.size();
        }

        int strangers() {
            return silent.size() + spoken.size();
        }

        boolean remove(Channel channel) {
            return silent.remove(channel) || spoken.remove(channel) || known.remove(channel);
        }

        /** The connection that makes room for another. Nobody says when a login comes, so it is asked for here. */
        Optional<Channel> victim() {
            if (!silent.isEmpty()) return Optional.of(silent.iterator().next());
            for (Iterator<Channel> each = spoken.iterator(); each.hasNext(); ) {
                Channel channel = each.next();
                Connection connection = channel.pipeline().get(Connection.class);
                if (connection == null || !connection.known()) return Optional.of(channel);
                each.remove();
                known.add(channel);
            }
            return Optional.empty();
        }

        /** Whether somebody has logged in from here. */
        boolean trusted() {
            return !known.isEmpty()
                    || spoken.stream()
                            .map(channel -> channel.pipeline().get(Connection.class))
                            .anyMatch(connection -> connection != null && connection.known());
        }
    }

    ConnectionLimiter(Supplier<Quotas> quotas, Supplier<Limits> limits) {
        this.quotas = quotas;
        this.limits = limits;
    }

    /** How long a new connection may take for its first request. */
    long firstRequestMillis() {
        return quotas.get().firstCommandMillis();
    }

    /** Whether there are as many connections as there may be at all, so that no more shall be accepted. */
    synchronized boolean full() {
        return open >= limits.get().connections();
    }

    /** Whether a new connection may stay; then it is counted until it is closed. */
    boolean admit(Channel channel) {
        InetAddress peer = channel.remoteAddress() instanceof InetSocketAddress known && known.getAddress() != null
                ? known.getAddress()
                : InetAddress.getLoopbackAddress();
        List<Channel> victims = new ArrayList<>();
        boolean admitted = admit(channel, peer, victims);
        victims.forEach(Channel::close);
        return admitted;
    }

    /** The connection has completed its first request. */
    synchronized void spoke(Channel channel) {
        Address of = channel.attr(ADDRESS).get();
        if (of != null && of.silent.remove(channel)) of.spoken.add(channel);
    }

    /** The connection is closed. */
    synchronized void left(Channel channel) {
        open--;
        Address of = channel.attr(ADDRESS).get();
        if (of != null) remove(of, channel);
    }

    /** Closes some connections without a login, because the process has no descriptors left. */
    void shed(int some) {
        List<Channel> victims = new ArrayList<>();
        synchronized (this) {
            for (int i = 0; i < some; i++) crowded().ifPresent(of -> evict(of, victims));
        }
        victims.forEach(Channel::close);
    }

    private synchronized boolean admit(Channel channel, InetAddress peer, List<Channel> victims) {
        Quotas each = quotas.get();
        String name = LoginThrottle.source(peer);
        Address of = addresses.getOrDefault(name, new Address(name));
        if (of.size() >= each.perAddress()) return turnAway(of, "as many as MAXCONN_PER_ADDRESS allows");
        if (of.strangers() >= each.strangers() && evict(of, victims))
            tell(of, "and as many without a login as MAXCONN_STRANGERS allows");
        int beyond = counted - limits.get().connections();
        int reserve = limits.get().reserve();
        int kept = peer.isLoopbackAddress() || of.trusted() ? reserve / 2 : reserve;
        if (reserve > 0 && beyond >= -kept) {
            Optional<Address> crowded = crowded();
            if (crowded.isEmpty()) return turnAway(of, "and the server has no room for more");
            crowded.ifPresent(most -> evict(most, victims));
            crowded.ifPresent(most -> tell(most, "and the server has no room for more"));
        }
        addresses.put(name, of);
        channel.attr(ADDRESS).set(of);
        of.silent.add(channel);
        counted++;
        open++;
        return true;
    }

    /** The address with most connections that may have to make room. */
    private Optional<Address> crowded() {
        return addresses.values().stream()
                .filter(of -> of.victim().isPresent())
                .max(Comparator.comparingInt(Address::strangers));
    }

    private boolean evict(Address of, List<Channel> victims) {
        Optional<Channel> victim = of.victim();
        victim.ifPresent(channel -> {
            remove(of, channel);
            victims.add(channel);
        });
        return victim.isPresent();
    }

    private void remove(Address of, Channel channel) {
        if (of.remove(channel)) counted--;
        if (of.size() == 0) addresses.remove(of.name, of);
    }

    private boolean turnAway(Address of, String why) {
        tell(of, why);
        return false;
    }

    private static void tell(Address of, String why) {
        of.turnedAway++;
        long now = System.nanoTime();
        if (now - of.told < QUIET) return;
        log.warn("{} has {} connections, {}; turned away: {}", of.name, of.size(), why, of.turnedAway);
        of.told = now;
        of.turnedAway = 0;
    }
}
