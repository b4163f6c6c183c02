package org.cobnut.upsd.access;

import java.util.concurrent.CompletableFuture;

/**
 * The check of a password that takes time: its result, and whether the reply is due. A right password is answered as
 * soon as the result is known; a wrong one not before it is due. Safe for many threads.
 */
final class PasswordCheck {
    private final Login login;
    private final User user;
    private final String source;
    private final LoginThrottle.ReplySlot slot;
    private final CompletableFuture<Void> answered = new CompletableFuture<>();
    private Result result;
    private boolean due;
    private boolean decided;

    /** How far the check is. */
    enum Result {
        UNCHECKED,
        CHECKING,
        RIGHT,
        WRONG
    }

    PasswordCheck(Login login, User user, String source, LoginThrottle.ReplySlot slot, Result result) {
        this.login = login;
        this.user = user;
        this.source = source;
        this.slot = slot;
        this.result = result;
    }

    Login login() {
        return login;
    }

    User user() {
        return user;
    }

    String source() {
        return source;
    }

    LoginThrottle.ReplySlot slot() {
        return slot;
    }

    /** Completes when the connection may answer. */
    CompletableFuture<Void> answered() {
        return answered;
    }

    /** Begins the check; false when another thread has begun it, or when it is decided already. */
    synchronized boolean begin() {
        if (result != Result.UNCHECKED || decided) return false;
        result = Result.CHECKING;
        return true;
    }

    synchronized void result(boolean right) {
        result = right ? Result.RIGHT : Result.WRONG;
    }

    synchronized void due() {
        due = true;
    }

    /**
     * Whether the caller must answer now; true for one caller only. The result UNCHECKED then means that the password
     * was not looked at.
     */
    synchronized boolean decide() {
        if (decided || !(result == Result.RIGHT || (due && result != Result.CHECKING))) return false;
        decided = true;
        return true;
    }

    /** The result; final once the check is decided. */
    synchronized Result result() {
        return result;
    }
}
