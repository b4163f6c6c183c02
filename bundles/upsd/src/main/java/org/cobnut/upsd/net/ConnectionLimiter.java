package org.cobnut.upsd.net;

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
import org.cobnut.upsd.access.LoginThrottle;
import org.cobnut.upsd.config.Limits;
import org.cobnut.upsd.config.Quotas;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Limits how many connections there are: in all, of one address, and of one address without a login. A connection
 * without a login makes room for a new one: one that never completed a request before one that did, the oldest first,
 * of the address that has most of them. So a flood from one address drives out its own connections. Any thread.
 */
public final class ConnectionLimiter {
    private static final Logger log = LoggerFactory.getLogger(ConnectionLimiter.class);
    private static final AttributeKey<Address> ADDRESS = AttributeKey.valueOf(ConnectionLimiter.class, "address");
    private static final long QUIET = TimeUnit.MINUTES.toNanos(1);

    private final Supplier<Quotas> quotas;
    private final Supplier<Limits> limits;
    private final Map<String, Address> addresses = new HashMap<>();
    private int counted;
    private int open;

    /** The connections of one address, the oldest first, and when the log last said that there are too many. */
    private static final class Address {
        private final String name;
        private final Set<Channel> silent = new LinkedHashSet<>();
        private final Set<Channel> active = new LinkedHashSet<>();
        private final Set<Channel> authenticated = new LinkedHashSet<>();
        private int turnedAway;
        private long told = System.nanoTime() - QUIET;

        Address(String name) {
            this.name = name;
        }

        int size() {
            return silent.size() + active.size() + authenticated.size();
        }

        int strangers() {
            return silent.size() + active.size();
        }

        boolean remove(Channel channel) {
            return silent.remove(channel) || active.remove(channel) || authenticated.remove(channel);
        }

        /**
         * The connection that may be closed for a new one. A connection does not report its login, so its state is read
         * here.
         */
        Optional<Channel> evictable() {
            if (!silent.isEmpty()) return Optional.of(silent.iterator().next());
            for (Iterator<Channel> each = active.iterator(); each.hasNext(); ) {
                Channel channel = each.next();
                Connection connection = channel.pipeline().get(Connection.class);
                if (connection == null || !connection.authenticated()) return Optional.of(channel);
                each.remove();
                authenticated.add(channel);
            }
            return Optional.empty();
        }

        /** Whether a client of this address is an authenticated user. */
        boolean trusted() {
            return !authenticated.isEmpty()
                    || active.stream()
                            .map(channel -> channel.pipeline().get(Connection.class))
                            .anyMatch(connection -> connection != null && connection.authenticated());
        }
    }

    public ConnectionLimiter(Supplier<Quotas> quotas, Supplier<Limits> limits) {
        this.quotas = quotas;
        this.limits = limits;
    }

    /** How long a new connection may take for its first request. */
    long firstRequestMillis() {
        return quotas.get().firstCommandMillis();
    }

    /** Whether the number of connections is at its limit, so that no more are accepted. */
    synchronized boolean full() {
        return open >= limits.get().connections();
    }

    /** Whether a new connection may stay. One that may is counted until it is closed. */
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
    synchronized void requestCompleted(Channel channel) {
        Address of = channel.attr(ADDRESS).get();
        if (of != null && of.silent.remove(channel)) of.active.add(channel);
    }

    /** The connection is closed. */
    synchronized void left(Channel channel) {
        open--;
        Address of = channel.attr(ADDRESS).get();
        if (of != null) remove(of, channel);
    }

    /**
     * Closes some connections without a login, because the process has no file descriptors left. After the first it spares
     * the only connection of an address: that may be a monitor, which waits for its answer.
     */
    void shed(int some) {
        List<Channel> victims = new ArrayList<>();
        synchronized (this) {
            Optional<Address> most = fullest();
            while (most.isPresent()
                    && victims.size() < some
                    && (victims.isEmpty() || most.get().strangers() > 1)) {
                evict(most.get(), victims);
                most = fullest();
            }
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
            Optional<Address> fullest = fullest();
            if (fullest.isEmpty()) return turnAway(of, "and the server has no room for more");
            fullest.ifPresent(most -> evict(most, victims));
            fullest.ifPresent(most -> tell(most, "and the server has no room for more"));
        }
        addresses.put(name, of);
        channel.attr(ADDRESS).set(of);
        of.silent.add(channel);
        counted++;
        open++;
        return true;
    }

    /** The address with the most connections that may be closed. */
    private Optional<Address> fullest() {
        return addresses.values().stream()
                .filter(of -> of.evictable().isPresent())
                .max(Comparator.comparingInt(Address::strangers));
    }

    private boolean evict(Address of, List<Channel> victims) {
        Optional<Channel> evictable = of.evictable();
        evictable.ifPresent(channel -> {
            remove(of, channel);
            victims.add(channel);
        });
        return evictable.isPresent();
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
