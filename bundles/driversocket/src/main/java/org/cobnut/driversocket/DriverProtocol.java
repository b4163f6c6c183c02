package org.cobnut.driversocket;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.cobnut.model.Health;
import org.cobnut.model.Names;
import org.cobnut.model.Outcome;
import org.cobnut.model.Snapshot;
import org.cobnut.model.VarType;
import org.cobnut.model.Variable;
import org.cobnut.wire.Lexer;
import org.jspecify.annotations.Nullable;

/**
 * What is said on one connection to a driver and heard from it, from the server's side, and what that makes of its
 * device (sock-protocol). No I/O of its own; one thread.
 *
 * <p>A C driver does not escape the values that it sends between dumps. So a line in which one may have been damaged is
 * not believed, and everything is asked for anew.
 */
final class DriverProtocol {
    /** What upsd shows of a driver that has not told of itself yet. */
    private static final Variable WAIT = new Variable("ups.status", "WAIT", VarType.READ_ONLY);

    /** Between two dumps that were asked for because of damaged lines. */
    private static final long PAUSE = Duration.ofSeconds(2).toNanos();

    /** The other end. */
    interface Connection {
        /** Sends a line, if the peer takes it. */
        void say(String line);

        /** Tells the operator of something odd, in words that follow "its driver". */
        void odd(String what);
    }

    private final Connection peer;
    private final Clocks time;
    private final LongSupplier maxage;
    private final PendingOrders orders;
    private final Lexer lexer = new Lexer();
    private RemoteVariables image = new RemoteVariables();
    private @Nullable RemoteVariables next;
    private long asked;
    private long heard;
    private long pinged;
    private boolean known;
    private boolean stale;
    private boolean backslash;
    private boolean skipping;
    private boolean damaged;
    private boolean changed = true;
    private @Nullable Snapshot shown;

    /**
     * Begins, and asks for everything.
     *
     * @param maxage nanoseconds of silence that are too many
     */
    DriverProtocol(Connection peer, Clocks time, LongSupplier maxage, PendingOrders orders) {
        this.peer = peer;
        this.time = time;
        this.maxage = maxage;
        this.orders = orders;
        heard = time.now();
        pinged = heard;
        ask();
    }

    /** Takes the next byte from the driver. */
    void hear(byte raw) {
        if (skipping) {
            skipping = raw != '\n';
            return;
        }
        backslash |= raw == '\\';
        switch (lexer.accept(raw)) {
            case MORE -> {}
            case ERROR -> {
                skipping = raw != '\n';
                backslash = false;
                damaged();
            }
            case LINE -> {
                List<String> words = lexer.words();
                boolean doubtful = backslash && next == null;
                backslash = false;
                if (doubtful) damaged();
                else if (!words.isEmpty()) line(words);
            }
        }
    }

    /** To be called about every second. */
    void tick() {
        long now = time.now();
        orders.expire(now);
        if (damaged && next == null && now - asked >= PAUSE) ask();
        long patience = maxage.getAsLong() / 3;
        if (now - heard > patience && now - pinged >= patience) {
            pinged = now;
            peer.say("PING");
        }
    }

    /** Sends an order that ends with its id. */
    void order(String request, CompletableFuture<Outcome> promise) {
        if (!known) orders.finish(promise, Outcome.failed("its driver has not told of itself yet"));
        else if (orders.full()) orders.finish(promise, Outcome.failed("its driver has too many orders to answer"));
        else peer.say(request + " TRACKING " + orders.add(promise, time.now()));
    }

    /** The connection is over. */
    void end() {
        orders.end();
    }

    /** The device as it is now; the same object for as long as nothing has changed. */
    Snapshot snapshot() {
        Instant now = time.wall().instant();
        Health health = health(now);
        Snapshot before = shown;
        Snapshot after;
        if (before == null || changed) after = known ? all(now, health) : waiting(now, health);
        else if (before.health().equals(health)) return before;
        else after = before.with(health);
        changed = false;
        if (before != null && same(before, after)) return before;
        shown = after;
        return after;
    }

    private static boolean same(Snapshot one, Snapshot two) {
        return one.health().equals(two.health())
                && one.variables().equals(two.variables())
                && one.commands().equals(two.commands());
    }

    private Health health(Instant now) {
        long at = time.now();
        long limit = maxage.getAsLong();
        if (at - heard > limit + Duration.ofSeconds(1).toNanos()) return stale(now, "its driver is silent");
        if (next != null && at - asked > limit) return stale(now, "its driver does not end its dump");
        if (!known) return new Health.Starting();
        return stale ? stale(now, "its driver says so") : new Health.Fresh();
    }

    private Health stale(Instant now, String reason) {
        Snapshot before = shown;
        return before != null
                        && before.health() instanceof Health.Stale already
                        && already.reason().equals(reason)
                ? already
                : new Health.Stale(now, reason);
    }

    private Snapshot all(Instant now, Health health) {
        return new Snapshot(now, health, image.variables(), new TreeSet<>(image.commands()));
    }

    private static Snapshot waiting(Instant now, Health health) {
        var variables = new TreeMap<String, Variable>(Names.ORDER);
        variables.put(WAIT.name(), WAIT);
        return new Snapshot(now, health, variables, new TreeSet<>(Names.ORDER));
    }

    private void ask() {
        next = new RemoteVariables();
        asked = time.now();
        damaged = false;
        peer.say("DUMPALL");
    }

    /** A line was lost between dumps; in a dump, which is escaped, the next one would bring no better. */
    private void damaged() {
        if (next != null) return;
        damaged = true;
        if (time.now() - asked >= PAUSE) ask();
    }

    private void line(List<String> words) {
        switch (words.get(0).toUpperCase(Locale.ROOT)) {
            case "PONG" -> heard();
            case "DATAOK" -> stale(false);
            case "DATASTALE" -> stale(true);
            case "DUMPDONE" -> dumped();
            case "TRACKING" -> {
                heard();
                if (words.size() == 3) orders.answer(words.get(1), words.get(2));
            }
            default -> told(words);
        }
    }

    private void stale(boolean now) {
        heard();
        stale = now;
    }

    private void dumped() {
        heard();
        if (next == null) return;
        image = next;
        next = null;
        known = true;
        changed = true;
    }

    private void told(List<String> words) {
        RemoteVariables into = next == null ? image : next;
        switch (into.accept(words)) {
            case UNKNOWN -> {
                peer.odd("says what is no line of the protocol, of " + words.size() + " words");
                damaged();
            }
            case REFUSED -> peer.odd("tells of more than can be kept; what is beyond is left out");
            case SAME -> heard();
            case CHANGED -> {
                heard();
                changed = true;
            }
        }
    }

    private void heard() {
        heard = time.now();
    }
}
