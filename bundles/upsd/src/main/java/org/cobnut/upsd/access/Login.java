package org.cobnut.upsd.access;

import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The name, password, address and certificate of a client, and what {@link Authenticator} has found out about them.
 * Changed by one thread at a time: a thread that the connection waits for, or its event loop.
 */
public final class Login {
    private final String user;
    private final String password;
    private final InetAddress address;
    private final @Nullable X509Certificate certificate;
    private @Nullable HostRules checkedBy;
    private boolean hostAllowed;
    private volatile @Nullable User authenticatedUser;
    private volatile boolean certified;
    private @Nullable User refusedAs;
    private boolean unanswered;
    private String refusal = "not yet looked at";

    /**
     * A login that has not been checked.
     *
     * @param certificate the client's, verified; null without one
     */
    public Login(String user, String password, InetAddress address, @Nullable X509Certificate certificate) {
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

    /** Whether the certificate of the client proves that it is this user. */
    boolean certificateMatches(User who) {
        return certificate != null && who.certifiedBy(certificate);
    }

    /** Whether hosts.allow and hosts.deny admit this user from this address. */
    public boolean hostAllowed() {
        return hostAllowed;
    }

    /** Whether these rules have been applied. */
    boolean checkedBy(HostRules rules) {
        return rules.equals(checkedBy);
    }

    void hostAllowed(HostRules by, boolean is) {
        checkedBy = by;
        hostAllowed = is;
    }

    /** The user, once the password or the certificate proved right; any thread. */
    public Optional<User> authenticatedUser() {
        return Optional.ofNullable(authenticatedUser);
    }

    /** Why there is no authenticated user, in words for the log. */
    public String refusal() {
        return refusal;
    }

    /** Whether the certificate authenticated the client; any thread. */
    public boolean certified() {
        return certified;
    }

    /** Whether the password is wrong for this user as it is now, so that another request is not another guess. */
    boolean refusedAs(User who) {
        return who.equals(refusedAs);
    }

    /** Whether the client gets no reply, and its connection is closed. */
    public boolean unanswered() {
        return unanswered;
    }

    void authenticatedUser(User is, boolean byCertificate) {
        certified = byCertificate;
        authenticatedUser = is;
        refusedAs = null;
    }

    /** Records that the password was not checked. */
    void notChecked(String why) {
        authenticatedUser = null;
        certified = false;
        refusedAs = null;
        refusal = why;
    }

    /** Records that the password is wrong for this user. */
    void refused(User who, String why) {
        notChecked(why);
        refusedAs = who;
    }

    void dropAnswer() {
        unanswered = true;
    }
}
