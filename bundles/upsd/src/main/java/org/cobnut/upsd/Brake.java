package org.cobnut.upsd;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How long an attempt to log in has to wait, by the failures before it: of its origin, up to a limit, and a little for
 * its name, whoever asks, so that nobody can lock a name for others. What is remembered is bounded, and forgotten after
 * a while without failures. Safe for many threads.
 */
final class Brake {
    private static final long FORGET = TimeUnit.MINUTES.toNanos(10);
    private static final long STEP = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long NAME_STEP = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long NAME_MOST = TimeUnit.MILLISECONDS.toNanos(400);
    private static final int FREE = 3;
    private static final int NAMES_FREE = 10;
    private static final int MOST = 10_000;
    private static final int MOST_NAMES = 16;
    private static final String OTHERS = "";

    private final LongSupplier nanos;
    private final Map<String, Failures> origins = bounded();
    private final Map<String, Failures> names = bounded();

    /** Failures of one origin by the name that was tried, or of one name. */
    private static final class Failures {
        private final Map<String, Integer> byName = new HashMap<>();
        private long last;

        int count(long now) {
            if (now - last > FORGET) byName.clear();
            return byName.values().stream().mapToInt(Integer::intValue).sum();
        }

        void add(String name, long now) {
            count(now);
            String kept = byName.containsKey(name) || byName.size() < MOST_NAMES ? name : OTHERS;
            byName.merge(kept, 1, (before, one) -> Math.min(before + one, 1_000_000));
            last = now;
        }
    }

    Brake(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /**
     * Where an attempt comes from, for counting: an address, of IPv6 its first 64 bits, which one subscriber has to
     * himself. On loopback many share one address, so there each name counts alone, and all unknown ones together.
     */
    static String origin(InetAddress address, String name, boolean known) {
        if (address.isLoopbackAddress()) return network(address) + " " + (known ? name : "");
        return network(address);
    }

    /** The address, or of IPv6 its first 64 bits. */
    static String network(InetAddress address) {
        String text = address.getHostAddress();
        if (!(address instanceof Inet6Address)) return text;
        String[] groups = text.split(":");
        return String.join(":", groups[0], groups[1], groups[2], groups[3]) + "::/64";
    }

    /** How long an attempt has to wait now; at most so long because of its origin. */
    synchronized long delay(String origin, String name, long mostNanos) {
        long now = nanos.getAsLong();
        Failures of = origins.get(origin);
        Failures named = names.get(name);
        long here = of == null ? 0 : grown(of.count(now) - FREE, STEP, mostNanos);
        long everywhere = named == null ? 0 : grown(named.count(now) - NAMES_FREE, NAME_STEP, NAME_MOST);
        return Math.min(Math.max(here, everywhere), Math.max(mostNanos, 0));
    }

    synchronized void failed(String origin, String name) {
        long now = nanos.getAsLong();
        origins.computeIfAbsent(origin, first -> new Failures()).add(name, now);
        names.computeIfAbsent(name, first -> new Failures()).add(name, now);
    }

    /** Forgives what this origin did wrong under this name, and nothing else: one good login buys no guesses. */
    synchronized void succeeded(String origin, String name) {
        Failures of = origins.get(origin);
        if (of == null) return;
        of.byName.remove(name);
        if (of.byName.isEmpty()) origins.remove(origin);
    }

    private static long grown(int count, long step, long most) {
        return count < 0 ? 0 : Math.min(step << Math.min(count, 20), most);
    }

    private static Map<String, Failures> bounded() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
                return size() > MOST;
            }
        };
    }
}
