package org.cobnut.tls;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What CERTFILE, CERTPATH and CERTIDENT say (upsd.conf(5), upsmon.conf(5), nutauth.conf(5)).
 *
 * @param certfile our own chain and key, in PEM
 * @param certpath certificates to trust: a directory of hashed names or a file in PEM; or a database of NSS
 * @param name the name that our own certificate must have, or of NSS has; empty for whatever it is
 * @param password of our own key, or of NSS's database
 */
public record TlsFiles(Optional<Path> certfile, Optional<Path> certpath, String name, String password) {
    /** Nothing is said. */
    public static final TlsFiles NONE = new TlsFiles(Optional.empty(), Optional.empty(), "", "");

    /** Tells whether CERTPATH names a database that certutil made. */
    public boolean nss() {
        return certpath.filter(NssDatabase::is).isPresent();
    }

    @Override
    public String toString() {
        return "TlsFiles[" + certfile + ' ' + certpath + ' ' + name + ']';
    }
}
