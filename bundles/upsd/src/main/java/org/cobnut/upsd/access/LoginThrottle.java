package org.cobnut.upsd.access;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Limits the replies to wrong passwords: at most {@link #A_MINUTE} in a minute for one source, and as many for one user
 * name. Counts every name alike, whether the user exists or not. Its memory has a fixed size: names and sources that
 * fall into one cell share its limit, which only delays replies to wrong passwords. Safe for many threads.
 */
public final class LoginThrottle {
    /** Replies to wrong passwords in a minute. */
    static final int A_MINUTE = 10;

    /**
     * Passwords of one source that are checked while the replies of the source or of the name are used up: this many at
     * once, and {@link #CHECKS_A_SECOND} a second. Clients that wait for a reply send far fewer, so a right password is
     * almost never refused. Users who have logged in from the source before are always checked.
     */
    static final int CHECKS_AT_ONCE = 1000;

    static final int CHECKS_A_SECOND = 100;

    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long NOWHERE = Long.MIN_VALUE;
    private static final int CELLS = 1 << 13;
    private static final int MOST_KNOWN = 10_000;

    private final LongSupplier nanos;
    private final long origin;
    private final int salt = ThreadLocalRandom.current().nextInt() | 1;
    private final Cell[] sources = new Cell[CELLS];
    private final Cell[] names = new Cell[CELLS];
    private final Map<String, User> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, User> eldest) {
            return size() > MOST_KNOWN;
        }
    };

    /** When the last replies were sent or will be sent, in rising order; and the checks of one second. */
    private static final class Cell {
        private final long[] answers = new long[A_MINUTE];
        private long leaked;
        private double checks;

        Cell() {
            Arrays.fill(answers, -MINUTE);
        }

        long free() {
            return answers[0] + MINUTE;
        }

        void take(long at) {
            answers[0] = at;
            Arrays.sort(answers);
        }

        void release(long at) {
            int slot = Arrays.binarySearch(answers, at);
            if (slot < 0) return; // newer ones have driven it out
            answers[slot] = -MINUTE;
            Arrays.sort(answers);
        }
    }

    /**
     * When the reply to a wrong password may be sent.
     *
     * @param fresh whether the source had no such reply within the last minute
     * @param nanos how long from now; negative when there is no slot in time
     */
    record ReplySlot(boolean fresh, long nanos, long at) {
        boolean now() {
            return nanos == 0;
        }

        boolean none() {
            return nanos < 0;
        }
    }

    LoginThrottle(LongSupplier nanos) {
        this.nanos = nanos;
        origin = nanos.getAsLong();
    }

    /**
     * The source of a login, by which logins are counted: an IPv4 address, or the first 64 bits of an IPv6 address,
     * which one subscriber has to himself.
     */
    public static String source(InetAddress address) {
        String text = address.getHostAddress();
        if (!(address instanceof Inet6Address) || address.isLoopbackAddress()) return text;
        String[] groups = text.split(":");
        return String.join(":", groups[0], groups[1], groups[2], groups[3]) + "::/64";
    }

    /** Reserves the next slot for a reply, if there is one within this time; 0 means no limit. */
    synchronized ReplySlot reserve(String source, String name, long mostNanos) {
        if (mostNanos == 0) return new ReplySlot(true, 0, NOWHERE);
        long now = now();
        Cell from = cell(sources, source);
        Cell named = cell(names, name);
        boolean fresh = from.answers[A_MINUTE - 1] + MINUTE <= now;
        long at = Math.max(now, Math.max(from.free(), named.free()));
        if (at - now > mostNanos) return new ReplySlot(fresh, -1, NOWHERE);
        from.take(at);
        named.take(at);
        return new ReplySlot(fresh, at - now, at);
    }

    /** Releases a slot, because the password was right. */
    synchronized void release(String source, String name, ReplySlot slot) {
        if (slot.at() == NOWHERE) return;
        cell(sources, source).release(slot.at());
        cell(names, name).release(slot.at());
    }

    /**
     * Whether a password may be checked: always while there is a slot for its reply now, else within the limits above.
     */
    synchronized boolean mayCheck(String source, String name) {
        long now = now();
        Cell from = cell(sources, source);
        if (from.free() <= now && cell(names, name).free() <= now) return true;
        double leak = (double) (now - from.leaked) * CHECKS_A_SECOND / SECOND;
        from.checks = Math.max(0, from.checks - leak);
        from.leaked = now;
        if (from.checks > CHECKS_AT_ONCE - 1) return false;
        from.checks++;
        return true;
    }

    /** Records that this user, as it is now, logged in from this source. */
    synchronized void succeeded(String source, User user) {
        known.put(key(source, user), user);
    }

    /** Whether this user, unchanged since then, has logged in from this source before. */
    synchronized boolean known(String source, User user) {
        @Nullable User before = known.get(key(source, user));
        return user.equals(before);
    }

    private long now() {
        return nanos.getAsLong() - origin;
    }

    private Cell cell(Cell[] cells, String key) {
        int index = (key.hashCode() * salt) >>> 19;
        Cell cell = cells[index];
        if (cell == null) {
            cell = new Cell();
            cells[index] = cell;
        }
        return cell;
    }

    private static String key(String source, User user) {
        return source + ' ' + user.name();
    }
}
