package org.cobnut.upsd.net;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds the memory that all connections together hold for replies that wait to be sent and for requests that wait to
 * be answered. A reply that many connections share counts once. Above the bound it closes connections of the address
 * that holds most, until an eighth of the bound is free; it begins with the connection that reads slowest and holds
 * most. Any thread.
 */
final class MemoryLimiter {
    private static final Logger log = LoggerFactory.getLogger(MemoryLimiter.class);
    private static final long QUIET = TimeUnit.MINUTES.toNanos(1);

    /** The JVM allows as many bytes outside the heap as in it, so an eighth of the heap leaves room on both sides. */
    private static final int PART_OF_HEAP = 8;

    private final long most;
    private final LongSupplier nanos;
    private final Map<String, Set<Account>> holders = new HashMap<>();
    private final IdentityHashMap<byte[], Integer> replies = new IdentityHashMap<>();
    private long total;
    private int closed;
    private long told;

    /**
     * A limiter with a given bound.
     *
     * @param most bytes that all connections together may hold
     */
    MemoryLimiter(long most, LongSupplier nanos) {
        this.most = most;
        this.nanos = nanos;
        told = nanos.getAsLong() - QUIET;
    }

    /** A limiter whose bound follows the memory that this process may use. */
    static MemoryLimiter ofThisProcess() {
        return new MemoryLimiter(Runtime.getRuntime().maxMemory() / PART_OF_HEAP, System::nanoTime);
    }

    /**
     * Opens the account of one connection. Its thread is that of the connection.
     *
     * @param address what connections are grouped by
     * @param close ends the connection; called from any thread
     */
    Account account(String address, Runnable close) {
        return new Account(address, close);
    }

    /** Bytes that all connections hold now. */
    synchronized long total() {
        return total;
    }

    /** What one connection holds. */
    final class Account {
        private final String address;
        private final Runnable close;
        private long bytes;
        private byte @Nullable [] reply;
        private long sent;
        private long progress;
        private boolean doomed;
        private volatile boolean idle = true;

        private Account(String address, Runnable close) {
            this.address = address;
            this.close = close;
        }

        /**
         * Records what the connection holds now. This is cheap as long as that is nothing.
         *
         * @param own bytes of its own
         * @param shared a reply that it is sending and that others may send, too; null for none
         * @param gone bytes that it has taken since it was opened
         */
        void hold(long own, byte @Nullable [] shared, long gone) {
            if (idle && own == 0 && shared == null) return;
            idle = own == 0 && shared == null;
            update(this, own, shared, gone).forEach(account -> account.close.run());
        }

        /** Bytes that count for this connection: its own, and its part of a shared reply. */
        private long weight() {
            byte[] now = reply;
            return bytes + (now == null ? 0 : now.length / Math.max(1, replies.getOrDefault(now, 1)));
        }

        private double rank(long now) {
            return (double) weight() * (now - progress + 1);
        }
    }

    @SuppressWarnings("ReferenceEquality") // the very same bytes in memory
    private synchronized List<Account> update(Account account, long own, byte @Nullable [] shared, long gone) {
        if (account.doomed) return List.of();
        long now = nanos.getAsLong();
        Set<Account> neighbours = holders.computeIfAbsent(account.address, first -> new LinkedHashSet<>());
        if (neighbours.add(account) || gone > account.sent) account.progress = now;
        account.sent = Math.max(account.sent, gone);
        total += own - account.bytes;
        account.bytes = own;
        if (account.reply != shared) {
            release(account);
            account.reply = shared;
            if (shared != null && replies.merge(shared, 1, Integer::sum) == 1) total += shared.length;
        }
        if (own == 0 && shared == null) forget(account);
        return total > most ? shed(now) : List.of();
    }

    /** Chooses the connections to close. The last connection that holds anything stays open. */
    private List<Account> shed(long now) {
        List<Account> victims = new ArrayList<>();
        long target = most - most / 8;
        while (total > target) {
            List<Account> heaviest = heaviest(now);
            if (heaviest.isEmpty() || (heaviest.size() == 1 && holders.size() == 1)) break;
            int some = Math.max(1, heaviest.size() / 8);
            for (int i = 0; i < some && total > target; i++) {
                drop(heaviest.get(i));
                victims.add(heaviest.get(i));
            }
        }
        if (!victims.isEmpty()) tell(victims, now);
        return victims;
    }

    /** The connections of the address that holds most; the one that reads slowest and holds most is the first. */
    private List<Account> heaviest(long now) {
        return holders.values().stream()
                .max(Comparator.comparingLong(
                        each -> each.stream().mapToLong(Account::weight).sum()))
                .map(each -> each.stream()
                        .sorted(Comparator.comparingDouble((Account account) -> account.rank(now))
                                .reversed())
                        .toList())
                .orElse(List.of());
    }

    private void drop(Account account) {
        account.doomed = true;
        total -= account.bytes;
        account.bytes = 0;
        release(account);
        forget(account);
    }

    private void release(Account account) {
        byte[] before = account.reply;
        account.reply = null;
        if (before != null
                && replies.merge(before, -1, (count, less) -> count + less == 0 ? null : count + less) == null)
            total -= before.length;
    }

    private void forget(Account account) {
        Set<Account> neighbours = holders.get(account.address);
        if (neighbours != null && neighbours.remove(account) && neighbours.isEmpty()) holders.remove(account.address);
    }

    private void tell(List<Account> victims, long now) {
        closed += victims.size();
        if (now - told < QUIET) return;
        log.warn(
                "{} holds most of the {} MB for waiting replies and requests: its slowest connections were closed; "
                        + "closed so far: {}",
                victims.get(victims.size() - 1).address,
                most >> 20,
                closed);
        told = now;
        closed = 0;
    }
}
