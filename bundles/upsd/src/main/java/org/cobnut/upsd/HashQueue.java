package org.cobnut.upsd;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Orders the passwords that wait to be hashed, so that a flood of guesses delays nobody else: first those of users who
 * came from their source before, next those of sources without a recent failure, then the other sources in turn. Within
 * each the newest goes first, for under a flood the oldest is most likely a guess. Bounded: the oldest is dropped. Safe
 * for many threads.
 */
final class HashQueue {
    static final int MOST = 4096;
    static final int MOST_OF_ONE = 256;

    private final Deque<Guess> known = new ArrayDeque<>();
    private final Deque<Guess> fresh = new ArrayDeque<>();
    private final Map<String, Deque<Guess>> others = new LinkedHashMap<>();
    private int ofOthers;

    /**
     * One that may be hashed now.
     *
     * @param inTurn whether it is at its own place, so that its answer may be given; one of a known user is hashed early,
     *     but a wrong answer that came early would tell that there is such a user
     */
    record Turn(Guess guess, boolean inTurn) {}

    /** Adds one, and gives back the one that is dropped for it. */
    synchronized Optional<Guess> add(Guess guess, boolean ofKnown) {
        if (ofKnown) {
            known.push(guess);
            if (known.size() > MOST) known.removeLast(); // it keeps its other place
        }
        if (guess.place().fresh()) {
            fresh.push(guess);
            return fresh.size() > MOST ? Optional.of(fresh.removeLast()) : Optional.empty();
        }
        Deque<Guess> own = others.get(guess.source());
        if (own == null) {
            if (ofOthers >= MOST) return Optional.of(guess);
            own = new ArrayDeque<>();
            others.put(guess.source(), own);
        }
        own.push(guess);
        if (own.size() > MOST_OF_ONE || ofOthers >= MOST) return Optional.of(own.removeLast());
        ofOthers++;
        return Optional.empty();
    }

    synchronized boolean isEmpty() {
        return known.isEmpty() && fresh.isEmpty() && others.isEmpty();
    }

    /** The next one; null when none waits. */
    synchronized @Nullable Turn poll() {
        Guess early = known.poll();
        if (early != null) return new Turn(early, false);
        Guess first = fresh.poll();
        if (first != null) return new Turn(first, true);
        var sources = others.entrySet().iterator();
        if (!sources.hasNext()) return null;
        Map.Entry<String, Deque<Guess>> source = sources.next();
        Deque<Guess> own = source.getValue();
        String name = source.getKey();
        sources.remove();
        Guess next = own.pop();
        ofOthers--;
        if (!own.isEmpty()) others.put(name, own);
        return new Turn(next, true);
    }
}
