package org.cobnut.upsd;

import java.util.concurrent.CompletableFuture;

/**
 * A password that could not be judged at once: what was found of it, and whether its answer is due. A right one is
 * answered as soon as that is found; a wrong one when it is due, and not before. Safe for many threads.
 */
final class Guess {
    private final Claim claim;
    private final User user;
    private final String source;
    private final LoginThrottle.Place place;
    private final CompletableFuture<Void> answered = new CompletableFuture<>();
    private Found found;
    private boolean due;
    private boolean decided;

    /** How far the check is. */
    enum Found {
        NOTHING,
        CHECKING,
        RIGHT,
        WRONG
    }

    Guess(Claim claim, User user, String source, LoginThrottle.Place place, Found found) {
        this.claim = claim;
        this.user = user;
        this.source = source;
        this.place = place;
        this.found = found;
    }

    Claim claim() {
        return claim;
    }

    User user() {
        return user;
    }

    String source() {
        return source;
    }

    LoginThrottle.Place place() {
        return place;
    }

    /** What the connection waits for. */
    CompletableFuture<Void> answered() {
        return answered;
    }

    /** Begins the check, unless another thread has, or nobody waits for it any more. */
    synchronized boolean begin() {
        if (found != Found.NOTHING || decided) return false;
        found = Found.CHECKING;
        return true;
    }

    synchronized void found(boolean right) {
        found = right ? Found.RIGHT : Found.WRONG;
    }

    synchronized void due() {
        due = true;
    }

    /** What must be answered now; whoever gets it answers, and nobody gets it twice. NOTHING means unheard. */
    synchronized boolean decide() {
        if (decided || !(found == Found.RIGHT || (due && found != Found.CHECKING))) return false;
        decided = true;
        return true;
    }

    /** What was found; final once it is decided. */
    synchronized Found found() {
        return found;
    }
}
