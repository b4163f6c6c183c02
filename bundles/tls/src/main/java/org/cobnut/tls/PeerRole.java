package org.cobnut.tls;

/** Says which side's certificates are checked: NSS trusts authorities separately for clients and for servers. */
public enum PeerRole {
    /** The mark {@code C} of certutil. */
    SERVERS("ace536358"),
    /** The mark {@code T} of certutil. */
    CLIENTS("ace536359");

    private final String mark;

    PeerRole(String mark) {
        this.mark = mark;
    }

    /** The column of cert9.db that holds the mark: CKA_TRUST_SERVER_AUTH or CKA_TRUST_CLIENT_AUTH. */
    String mark() {
        return mark;
    }
}
