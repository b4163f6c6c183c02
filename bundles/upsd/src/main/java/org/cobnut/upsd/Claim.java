package org.cobnut.upsd;

import java.net.InetAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who a client says it is, and what {@link Admission} has found of that. Changed by one thread at a time, while the
 * connection waits for it or on its event loop.
 */
final class Claim {
    private final String user;
    private final String password;
    private final InetAddress address;
    private @Nullable HostRules asked;
    private boolean welcome;
    private volatile @Nullable User proven;
    private String refusal = "not yet looked at";

    Claim(String user, String password, InetAddress address) {
        this.user = user;
        this.password = password;
        this.address = address;
    }

    String user() {
        return user;
    }

    String password() {
        return password;
    }

    InetAddress address() {
        return address;
    }

    /** Whether hosts.allow and hosts.deny let this user in from this address. */
    boolean welcome() {
        return welcome;
    }

    /** Whether that was found by these rules. */
    boolean asked(HostRules rules) {
        return rules.equals(asked);
    }

    void welcome(HostRules by, boolean is) {
        asked = by;
        welcome = is;
    }

    /** The user, when the password was right; any thread. */
    Optional<User> proven() {
        return Optional.ofNullable(proven);
    }

    /** Why not, in words for the log. */
    String refusal() {
        return refusal;
    }

    void proven(User is) {
        proven = is;
    }

    void refused(String why) {
        proven = null;
        refusal = why;
    }
}
