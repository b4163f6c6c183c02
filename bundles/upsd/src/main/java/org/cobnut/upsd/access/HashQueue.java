package org.cobnut.upsd.access;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Orders the passwords that wait to be hashed, so that a flood of guesses does not delay other clients: first those of
 * users who have logged in from the same source before, next those of sources without a recent failure, then the other
 * sources in turn. Within each group the newest goes first, because in a flood the oldest is most likely a guess.
 * Bounded: the oldest is dropped. Safe for many threads.
 */
final class HashQueue {
    static final int MOST = 4096;
    static final int MOST_OF_ONE = 256;

    private final Deque<PasswordCheck> known = new ArrayDeque<>();
    private final Deque<PasswordCheck> fresh = new ArrayDeque<>();
    private final Map<String, Deque<PasswordCheck>> others = new LinkedHashMap<>();
    private int ofOthers;

    /**
     * A password to be hashed next.
     *
     * @param inOrder whether it is hashed in its own place, so that its reply may be sent; the password of a known user
     *     is hashed early, but an early reply to a wrong one would show that the user exists
     */
    record Item(PasswordCheck check, boolean inOrder) {}

    /** Adds a check, and returns the one that is dropped for it. */
    synchronized Optional<PasswordCheck> add(PasswordCheck check, boolean ofKnown) {
        if (ofKnown) {
            known.push(check);
            if (known.size() > MOST) known.removeLast(); // it keeps its other place
        }
        if (check.slot().fresh()) {
            fresh.push(check);
            return fresh.size() > MOST ? Optional.of(fresh.removeLast()) : Optional.empty();
        }
        Deque<PasswordCheck> own = others.get(check.source());
        if (own == null) {
            if (ofOthers >= MOST) return Optional.of(check);
            own = new ArrayDeque<>();
            others.put(check.source(), own);
        }
        own.push(check);
        if (own.size() > MOST_OF_ONE || ofOthers >= MOST) return Optional.of(own.removeLast());
        ofOthers++;
        return Optional.empty();
    }

    synchronized boolean isEmpty() {
        return known.isEmpty() && fresh.isEmpty() && others.isEmpty();
    }

    /** Takes the next one; null when none waits. */
    synchronized @Nullable Item poll() {
        PasswordCheck early = known.poll();
        if (early != null) return new Item(early, false);
        PasswordCheck first = fresh.poll();
        if (first != null) return new Item(first, true);
        var sources = others.entrySet().iterator();
        if (!sources.hasNext()) return null;
        Map.Entry<String, Deque<PasswordCheck>> source = sources.next();
        Deque<PasswordCheck> own = source.getValue();
        String name = source.getKey();
        sources.remove();
        PasswordCheck next = own.pop();
        ofOthers--;
        if (!own.isEmpty()) others.put(name, own);
        return new Item(next, true);
    }
}
