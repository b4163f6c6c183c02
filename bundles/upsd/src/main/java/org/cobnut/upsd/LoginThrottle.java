package org.cobnut.upsd;

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
 * Limits the answers to wrong passwords: at most {@link #A_MINUTE} in any minute for one source, and as many for one user
 * name. Counts every name alike, whether there is such a user or not. Its memory has a fixed size: names and sources that
 * fall into one cell share its limit, which costs them nothing but the delay of wrong answers. Safe for many threads.
 */
final class LoginThrottle {
    /** Answers to wrong passwords in a minute. */
    static final int A_MINUTE = 10;

    /**
     * Passwords of one source that are looked at while its answers, or those of the name, are used up: so many at once, and
     * so many a second. Far more than clients that wait for an answer can send, so a right one is hardly ever among the
     * others; users who came from the source before are always looked at.
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

    /** When the last answers were, or will be, given, in rising order; and the checks of one second. */
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

        void giveBack(long at) {
            int place = Arrays.binarySearch(answers, at);
            if (place < 0) return; // newer ones have driven it out
            answers[place] = -MINUTE;
            Arrays.sort(answers);
        }
    }

    /**
     * When a wrong password is answered.
     *
     * @param fresh whether its source had no answer within the last minute
     * @param nanos how long from now; negative when there is no room in time
     */
    record Place(boolean fresh, long nanos, long at) {
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

    /** Where a login comes from, for counting: an address, of IPv6 its first 64 bits, which one subscriber has to himself. */
    static String source(InetAddress address) {
        String text = address.getHostAddress();
        if (!(address instanceof Inet6Address) || address.isLoopbackAddress()) return text;
        String[] groups = text.split(":");
        return String.join(":", groups[0], groups[1], groups[2], groups[3]) + "::/64";
    }

    /** Takes the next place for an answer, if there is one within this time; a limit of 0 is no limit at all. */
    synchronized Place place(String source, String name, long mostNanos) {
        if (mostNanos == 0) return new Place(true, 0, NOWHERE);
        long now = now();
        Cell from = cell(sources, source);
        Cell named = cell(names, name);
        boolean fresh = from.answers[A_MINUTE - 1] + MINUTE <= now;
        long at = Math.max(now, Math.max(from.free(), named.free()));
        if (at - now > mostNanos) return new Place(fresh, -1, NOWHERE);
        from.take(at);
        named.take(at);
        return new Place(fresh, at - now, at);
    }

    /** Gives a place back, for the password was right. */
    synchronized void giveBack(String source, String name, Place place) {
        if (place.at() == NOWHERE) return;
        cell(sources, source).giveBack(place.at());
        cell(names, name).giveBack(place.at());
    }

    /** Whether a password may be looked at: always while there is a place for its answer now, else within the limits above. */
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

    /** Remembers that this user, as it is now, came from there. */
    synchronized void succeeded(String source, User user) {
        known.put(key(source, user), user);
    }

    /** Whether this user, unchanged since, came from there before. */
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
