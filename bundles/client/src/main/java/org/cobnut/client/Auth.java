package org.cobnut.client;

import java.util.Optional;

/**
 * What nutauth.conf says for the connection to one server; absent is what it does not say. Texts of it may be secret:
 * {@link #toString} shows none.
 */
public record Auth(Optional<String> user, Optional<String> password, Tls tls) {
    /** Nothing is said. */
    public static final Auth NONE = new Auth(Optional.empty(), Optional.empty(), Tls.NONE);

    /** The same, for who sends a password: TLS is asked for though nothing is said of it, and done without in need. */
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

        /** No more than that TLS is not a must. */
        static final Tls ASKED = with(Optional.of(false));

        private static Tls with(Optional<Boolean> forceSsl) {
            Optional<String> none = Optional.empty();
            return new Tls(none, none, none, none, none, none, Optional.empty(), forceSsl);
        }

        /** Whether anything is said, be it that something need not be. */
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

        /** Whether a server is refused whose certificate no authority of {@link #certPath} vouches for. */
        boolean verified() {
            return certVerify.orElse(false);
        }

        /** Whether there is no connection in clear. */
        boolean forced() {
            return forceSsl.orElse(false);
        }

        @Override
        public String toString() {
            return "Tls[" + (verified() ? "verified" : "") + (forced() ? " forced" : "") + ']';
        }
    }
}
