package org.cobnut.client;

import java.util.Optional;

/**
 * The settings of nutauth.conf for the connection to one server; an absent value is not set. Values may be secret:
 * {@link #toString} shows none.
 */
public record Auth(Optional<String> user, Optional<String> password, Tls tls) {
    /** No settings. */
    public static final Auth NONE = new Auth(Optional.empty(), Optional.empty(), Tls.NONE);

    /**
     * The settings for a client that sends a password: TLS is tried even if nothing is set, and the connection stays in
     * clear without it.
     */
    public Auth askingForTls() {
        return tls.said() ? this : new Auth(user, password, Tls.ASKED);
    }

    @Override
    public String toString() {
        return "Auth[" + user.orElse("") + ']';
    }

    /**
     * How the connection is to be encrypted (nutauth.conf(5)).
     *
     * @param certPath certificates to trust: a directory or a file
     * @param certFile our own chain and key
     * @param certIdentName the name of our own certificate
     * @param certIdentPass the password of its key
     * @param sslBackend the library that is wanted: openssl or nss
     * @param certHost the name that the server's certificate must have
     * @param certVerify whether the server must be verified
     * @param forceSsl whether there may be no connection in clear
     */
    public record Tls(
            Optional<String> certPath,
            Optional<String> certFile,
            Optional<String> certIdentName,
            Optional<String> certIdentPass,
            Optional<String> sslBackend,
            Optional<String> certHost,
            Optional<Boolean> certVerify,
            Optional<Boolean> forceSsl) {
        /** Nothing is said. */
        public static final Tls NONE = with(Optional.empty());

        /** Nothing but that TLS is optional. */
        static final Tls ASKED = with(Optional.of(false));

        private static Tls with(Optional<Boolean> forceSsl) {
            Optional<String> none = Optional.empty();
            return new Tls(none, none, none, none, none, none, Optional.empty(), forceSsl);
        }

        /** Whether any TLS setting is present, even one that demands nothing. */
        public boolean said() {
            return certPath.isPresent()
                    || certFile.isPresent()
                    || certIdentName.isPresent()
                    || certIdentPass.isPresent()
                    || sslBackend.isPresent()
                    || certHost.isPresent()
                    || certVerify.isPresent()
                    || forceSsl.isPresent();
        }

        /** Whether a server is refused when no authority of {@link #certPath} has signed its certificate. */
        boolean verified() {
            return certVerify.orElse(false);
        }

        /** Whether a connection in clear is refused. */
        boolean forced() {
            return forceSsl.orElse(false);
        }

        @Override
        public String toString() {
            return "Tls[" + (verified() ? "verified" : "") + (forced() ? " forced" : "") + ']';
        }
    }
}
