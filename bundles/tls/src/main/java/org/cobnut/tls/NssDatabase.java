package org.cobnut.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidParameterException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Security;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;
import org.cobnut.wire.ErrorText;

/**
 * A database of NSS (cert9.db and key4.db, as certutil makes them), whose keys are used in place, through NSS's own
 * library and Java's SunPKCS11. NSS is initialised once in a process, so the first database named is the one.
 *
 * <p>What Java cannot do with it: a key of the kind RSA serves TLS 1.2 only, for NSS gives Java no RSASSA-PSS.
 */
final class NssDatabase {
    private static final String CERTIFICATES = "cert9.db";

    /** Where Linux distributions and others keep libnss3.so. */
    private static final List<String> LIBRARIES = List.of(
            "/usr/lib/x86_64-linux-gnu",
            "/usr/lib/aarch64-linux-gnu",
            "/usr/lib64",
            "/usr/lib",
            "/usr/local/lib",
            "/usr/lib/arm-linux-gnueabihf");

    /** A provider cannot be taken back from NSS, so each database keeps its own for the life of the process. */
    private static final ConcurrentMap<Path, Provider> PROVIDERS = new ConcurrentHashMap<>();

    private NssDatabase() {}

    /** Tells whether a directory holds a database of NSS. */
    static boolean is(Path directory) {
        return Files.isRegularFile(directory.resolve(CERTIFICATES));
    }

    /** The certificate of that nickname with its key and all that the database has of its chain. */
    static Identity identity(Path directory, String nickname, String password) throws IOException {
        try {
            Provider provider = PROVIDERS.computeIfAbsent(directory.toAbsolutePath(), NssDatabase::open);
            var store = KeyStore.getInstance("PKCS11", provider);
            store.load(null, password.toCharArray());
            Optional<String> alias =
                    Stream.of(nickname).filter(name -> isKey(store, name)).findFirst();
            if (alias.isEmpty())
                throw new IOException(directory + ": no certificate with the name \"" + nickname + "\" and a key");
            Certificate[] chain = store.getCertificateChain(nickname);
            if (!(store.getKey(nickname, password.toCharArray()) instanceof PrivateKey key) || chain == null)
                throw new IOException(directory + ": the key of \"" + nickname + "\" cannot be used");
            return new Identity(
                    Arrays.stream(chain).map(X509Certificate.class::cast).toList(), key);
        } catch (GeneralSecurityException | ProviderException | InvalidParameterException e) {
            throw new IOException(directory + ": the NSS database cannot be used: " + reason(e), e);
        } catch (IOException e) {
            if (e.getMessage() != null && e.getMessage().startsWith(directory.toString())) throw e;
            throw new IOException(directory + ": the NSS database cannot be opened with CERTIDENT's password", e);
        }
    }

    private static boolean isKey(KeyStore store, String alias) {
        try {
            return store.isKeyEntry(alias);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static Provider open(Path directory) {
        String library = LIBRARIES.stream()
                .filter(each -> Files.exists(Path.of(each, "libnss3.so")))
                .findFirst()
                .orElseThrow(() -> new ProviderException("libnss3 is not installed"));
        Provider parent = Security.getProvider("SunPKCS11");
        if (parent == null) throw new ProviderException("this Java has no SunPKCS11");
        Provider provider = parent.configure("--name=NSS" + Integer.toHexString(directory.hashCode())
                + "\nnssLibraryDirectory=" + library + "\nnssSecmodDirectory=\"sql:" + directory
                + "\"\nnssDbMode=readOnly\nnssModule=keystore\nshowInfo=false\n");
        Security.addProvider(provider); // last: put first it would break TLS 1.3 for all users on Java 17
        return provider;
    }

    private static String reason(Throwable e) {
        Throwable deepest = e;
        while (deepest.getCause() != null) deepest = deepest.getCause();
        return ErrorText.of(deepest);
    }
}
