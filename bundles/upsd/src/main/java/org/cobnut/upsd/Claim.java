package org.cobnut.upsd;

import java.net.InetAddress;
import java.security.cert.X509Certificate;
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
    private final @Nullable X509Certificate certificate;
    private @Nullable HostRules asked;
    private boolean welcome;
    private volatile @Nullable User proven;
    private volatile boolean certified;
    private @Nullable User refusedAs;
    private boolean unanswered;
    private String refusal = "not yet looked at";

    /**
     * A claim of which nothing is known.
     *
     * @param certificate the client's, verified; null without one
     */
    Claim(String user, String password, InetAddress address, @Nullable X509Certificate certificate) {
        this.user = user;
        this.password = password;
        this.address = address;
        this.certificate = certificate;
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

    /** Whether the client's certificate shows that it is this user. */
    boolean shows(User who) {
        return certificate != null && who.certifiedBy(certificate);
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

    /** The user, when the password or the certificate was right; any thread. */
    Optional<User> proven() {
        return Optional.ofNullable(proven);
    }

    /** Why not, in words for the log. */
    String refusal() {
        return refusal;
    }

    /** Whether it was the certificate; any thread. */
    boolean certified() {
        return certified;
    }

    /** Whether the password was found wrong for this user, as it is now; to ask again is no other guess. */
    boolean refusedAs(User who) {
        return who.equals(refusedAs);
    }

    /** Whether the client gets no answer: its connection ends. */
    boolean unanswered() {
        return unanswered;
    }

    void proven(User is, boolean byCertificate) {
        certified = byCertificate;
        proven = is;
        refusedAs = null;
    }

    /** Nobody has looked at the password. */
    void unheard(String why) {
        proven = null;
        certified = false;
        refusedAs = null;
        refusal = why;
    }

    /** The password is wrong for this user. */
    void refused(User who, String why) {
        unheard(why);
        refusedAs = who;
    }

    void leaveUnanswered() {
        unanswered = true;
    }
}
