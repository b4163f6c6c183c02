package org.cobnut.certificates;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.SignatureException;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.cobnut.wire.ErrorText;
import org.jspecify.annotations.Nullable;

/**
 * Makes keys and certificates with the keytool of the running Java, because Java has no other public way to sign one.
 * Keeps its temporary files in a directory that only their owner can open, under a password that is never stored.
 */
public final class KeytoolRunner {
    private static final String OWN = "own";
    private static final String SIGNER = "signer";
    private static final String PASSWORD = "COBNUT_STOREPASS";

    /** A key and the certificates that lead from it to its authority. */
    record Signed(PrivateKey key, List<Certificate> chain) {
        Signed {
            chain = List.copyOf(chain);
        }

        @Override
        public String toString() {
            return "Signed" + chain;
        }
    }

    private final Path directory;
    private final String password;

    /** Works in this directory, which is empty, and goes with all that is left in it when the caller is done. */
    KeytoolRunner(Path directory) {
        this.directory = directory;
        var random = new byte[24];
        new SecureRandom().nextBytes(random);
        password = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    /**
     * Makes a key and a certificate for it.
     *
     * @param signer who signs it; null for itself
     * @param extensions in the words of keytool's option {@code -ext}
     * @throws IOException with what keytool says against it, in one line
     */
    Signed make(@Nullable Signed signer, String subject, int days, List<String> extensions) throws IOException {
        Path file = directory.resolve("keys.p12");
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            if (signer != null)
                store.setKeyEntry(
                        SIGNER,
                        signer.key(),
                        password.toCharArray(),
                        signer.chain().toArray(Certificate[]::new));
            try (OutputStream out = Files.newOutputStream(file)) {
                store.store(out, password.toCharArray());
            }
            var words = new ArrayList<>(List.of("-genkeypair", "-alias", OWN, "-dname", subject));
            words.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1"));
            // A clock that is a little late shall not refuse what was made just now.
            words.addAll(List.of("-startdate", "-1d", "-validity", String.valueOf(days + 1)));
            words.addAll(List.of("-keystore", file.toString(), "-storetype", "PKCS12", "-storepass:env", PASSWORD));
            if (signer != null) words.addAll(List.of("-signer", SIGNER));
            for (String extension : extensions) words.addAll(List.of("-ext", extension));
            run(words);
            try (InputStream in = Files.newInputStream(file)) {
                store.load(in, password.toCharArray());
            }
            if (signer != null)
                store.getCertificate(OWN).verify(signer.chain().get(0).getPublicKey());
            return new Signed(
                    (PrivateKey) store.getKey(OWN, password.toCharArray()), List.of(store.getCertificateChain(OWN)));
        } catch (InvalidKeyException | SignatureException e) {
            throw new IOException("the authority's key does not belong to its certificate", e);
        } catch (GeneralSecurityException e) {
            throw new IOException("a certificate cannot be made: " + ErrorText.of(e), e);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private void run(List<String> words) throws IOException {
        Path program = Path.of(System.getProperty("java.home"), "bin", "keytool");
        if (!Files.isExecutable(program)) throw new IOException("this Java has no keytool: there is no " + program);
        var command = new ArrayList<>(List.of(program.toString(), "-J-Duser.language=en", "-J-XX:TieredStopAtLevel=1"));
        command.addAll(words);
        Path said = directory.resolve("said");
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put(PASSWORD, password);
        Process process = builder.redirectOutput(said.toFile()).start();
        try {
            process.getOutputStream().close();
            if (!process.waitFor(60, TimeUnit.SECONDS)) throw new IOException("keytool does not end");
            if (process.exitValue() != 0)
                throw new IOException(Files.readString(said, StandardCharsets.ISO_8859_1)
                        .strip()
                        .lines()
                        .findFirst()
                        .orElse("keytool failed"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            process.destroyForcibly();
            Files.deleteIfExists(said);
        }
    }
}
