import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import jdk.security.jarsigner.JarSigner;

/**
 * Signs jars in place: {@code java SignJars.java KEYSTORE CERTIFICATE JAR...}, the store's and key's password in
 * COBNUT_JAR_PASSWORD. Writes the signer's certificate in PEM beside. Every entry has one time, so that of two signed jars only the signatures differ, in which Java notes the
 * time of day.
 */
final class SignJars {
    private static final LocalDateTime ALWAYS = LocalDateTime.of(1980, 2, 1, 0, 0);

    public static void main(String[] arguments) throws IOException, GeneralSecurityException {
        char[] password = System.getenv().getOrDefault("COBNUT_JAR_PASSWORD", "").toCharArray();
        KeyStore store = KeyStore.getInstance(Path.of(arguments[0]).toFile(), password);
        var key = (KeyStore.PrivateKeyEntry)
                store.getEntry(store.aliases().nextElement(), new KeyStore.PasswordProtection(password));
        Files.writeString(Path.of(arguments[1]), pem(key.getCertificate()));
        var path = CertificateFactory.getInstance("X.509").generateCertPath(Arrays.asList(key.getCertificateChain()));
        JarSigner signer = new JarSigner.Builder(key.getPrivateKey(), path).signerName("COBNUT").build();
        for (String jar : List.of(arguments).subList(2, arguments.length)) sign(signer, Path.of(jar));
    }

    private static void sign(JarSigner signer, Path jar) throws IOException {
        Path signed = jar.resolveSibling(jar.getFileName() + ".signed");
        try (var plain = new ZipFile(jar.toFile());
                var out = Files.newOutputStream(signed)) {
            signer.sign(plain, out);
        }
        try (var in = new ZipFile(signed.toFile());
                var out = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (ZipEntry entry : (Iterable<ZipEntry>) in.stream().map(ZipEntry.class::cast)::iterator) {
                var same = new ZipEntry(entry.getName());
                same.setTimeLocal(ALWAYS);
                out.putNextEntry(same);
                in.getInputStream(entry).transferTo(out);
            }
        }
        Files.delete(signed);
    }

    private static String pem(Certificate certificate) throws GeneralSecurityException {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded());
        return "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
    }

    private SignJars() {}
}
