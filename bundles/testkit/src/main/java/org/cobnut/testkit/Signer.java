package org.cobnut.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertPath;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipFile;
import jdk.security.jarsigner.JarSigner;

/** Signs jars: somebody with a key of their own, made by the JDK's keytool. */
public final class Signer {
    private static final String PASSWORD = "testing";

    private final Path directory;
    private final Path store;
    private final String name;

    /** A key whose certificate is its own. */
    public Signer(Path directory, String name, String... more) throws Exception {
        this(name, directory, directory.resolve(name + ".p12"), more);
    }

    private Signer(String name, Path directory, Path store, String... more) throws Exception {
        this.name = name;
        this.directory = directory;
        this.store = store;
        keytool(
                directory,
                List.of(
                        "-genkeypair",
                        "-alias",
                        name,
                        "-dname",
                        "CN=" + name,
                        "-keyalg",
                        "EC",
                        "-keystore",
                        store + ""),
                more);
    }

    /** A key whose certificate this one issues. */
    public Signer issue(String member) throws Exception {
        return new Signer(member, directory, store, "-signer", name);
    }

    /** Puts this one's certificate where vendors' are. */
    public void introduce(Path vendors) throws Exception {
        Files.createDirectories(vendors);
        keytool(
                vendors,
                List.of("-exportcert", "-rfc", "-alias", name, "-keystore", store + "", "-file", name + ".pem"));
    }

    /** The SHA-256 of its certificate, in hexadecimal digits with colons between, as keytool shows it. */
    public String fingerprint() throws Exception {
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        byte[] digest = MessageDigest.getInstance("SHA-256")
                .digest(keys.getCertificate(name).getEncoded());
        return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
    }

    public byte[] sign(byte[] jar) throws Exception {
        Path plain = Files.write(Files.createTempFile(directory, "plain", ".jar"), jar);
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        var key =
                (KeyStore.PrivateKeyEntry) keys.getEntry(name, new KeyStore.PasswordProtection(PASSWORD.toCharArray()));
        CertPath path =
                CertificateFactory.getInstance("X.509").generateCertPath(Arrays.asList(key.getCertificateChain()));
        var signed = new ByteArrayOutputStream();
        try (var zip = new ZipFile(plain.toFile())) {
            new JarSigner.Builder(key.getPrivateKey(), path).build().sign(zip, signed);
        }
        return signed.toByteArray();
    }

    private static void keytool(Path directory, List<String> words, String... more) throws Exception {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/keytool") + ""));
        command.addAll(words);
        command.addAll(List.of(more));
        command.addAll(List.of("-storepass", PASSWORD, "-storetype", "PKCS12"));
        command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC")); // it lives shortly
        Process keytool = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (keytool.waitFor() != 0) throw new AssertionError(said);
    }
}
