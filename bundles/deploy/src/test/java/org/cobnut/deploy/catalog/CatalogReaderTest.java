package org.cobnut.deploy.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cobnut.testkit.Jars.bundle;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.cobnut.deploy.Refusal;
import org.cobnut.testkit.Signer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which catalogs and jars are believed. */
@Timeout(60)
class CatalogReaderTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 12, 1);

    @TempDir
    private Path directory;

    @TempDir
    private static Path keys;

    private static Signer acme;

    private Path vendors;
    private Path offers;
    private CatalogReader reader;

    /** Keys take longer to make than all that is done with them. */
    @BeforeAll
    static void makeKeys() throws Exception {
        acme = new Signer(keys, "acme", "-startdate", "2026/11/01", "-validity", "100");
        acme.introduce(keys);
    }

    @BeforeEach
    void begin() throws Exception {
        vendors = Files.createDirectories(directory.resolve("vendors"));
        offers = Files.createDirectories(directory.resolve("offers"));
        Files.copy(keys.resolve("acme.pem"), vendors.resolve("acme.pem"));
        reader = new CatalogReader(vendors, directory, Files.createDirectories(directory.resolve("work")));
    }

    @Test
    void readsAnEditionFromAFolderAndFromAUrl() throws Exception {
        catalog(acme, 1, "2027-01-01", """
                bundle acme.ups 1.2.0 ups.jar %s
                licence Apache-2.0
                title "Acme's UPSes"
                drivers acme acme-old
                needs org.cobnut.driver "[2.0,3)"
                later words are for a later Cobnut
                """.formatted("ab".repeat(32)));
        Catalog catalog = read();
        assertThat(catalog.newest("acme-old")).hasValueSatisfying(item -> {
            assertThat(item.label()).isEqualTo("acme.ups 1.2.0");
            assertThat(item.licence()).isEqualTo("Apache-2.0");
            assertThat(item.needs()).hasSize(1);
        });
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/mirror/", exchange -> {
            Path file = offers.resolve(exchange.getRequestURI().getPath().substring("/mirror/".length()));
            byte[] bytes = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
            exchange.sendResponseHeaders(bytes.length == 0 ? 404 : 200, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        try {
            String mirror = "http://127.0.0.1:" + server.getAddress().getPort() + "/mirror";
            assertThat(reader.read(mirror, TODAY).items()).isEqualTo(catalog.items());
            assertThatThrownBy(() -> reader.read(mirror + "/none", TODAY)).isNotNull();
        } finally {
            server.stop(0);
        }
    }

    @Test
    void refusesWhatNobodyKnownHasSigned() throws Exception {
        catalog(new Signer(directory, "mallory"), 1, "2027-01-01", "");
        refused(this::read, "it is signed by CN=mallory, of whom there is no certificate in " + vendors);
        Files.write(offers.resolve("catalog.jar"), jar("catalog acme 1\nexpires 2027-01-01\n"));
        refused(this::read, "it is not signed");
    }

    @Test
    void refusesAnEditionThatHasExpiredOrIsOlderThanOneBefore() throws Exception {
        catalog(acme, 7, "2026-11-30", "");
        refused(this::read, "it expired on 2026-11-30; its maker has to give a newer edition");
        catalog(acme, 8, "2026-12-01", "");
        assertThat(read().edition()).isEqualTo(8);
        catalog(acme, 7, "2027-01-01", "");
        refused(this::read, "it is edition 7 of acme, and edition 8 was here before: somebody gives an old one");
    }

    @Test
    void refusesASignatureWhoseCertificateHasExpiredOrIsRevoked() throws Exception {
        catalog(acme, 1, "2029-01-01", "");
        assertThatThrownBy(() -> reader.read(offers.toString(), LocalDate.of(2028, 1, 1)))
                .hasMessageContaining("the certificate of CN=acme, who signed it, expired on 2027-02-");
        Files.writeString(vendors.resolve("revoked"), acme.fingerprint() + " the key was stolen\n");
        refused(this::read, "the certificate of CN=acme is revoked: the key was stolen");
    }

    @Test
    void refusesAJarThatIsNotTheOneThatTheCatalogMeans() throws Exception {
        byte[] jar = acme.sign(bundle("acme.ups", "1.0.0"));
        Files.write(offers.resolve("ups.jar"), jar);
        CatalogItem item = offered(jar);
        assertThat(reader.jar(offers.toString(), item, TODAY)).exists();
        Files.write(offers.resolve("ups.jar"), acme.sign(bundle("acme.ups", "1.0.0", "Bundle-Name: another")));
        refused(
                () -> reader.jar(offers.toString(), item, TODAY),
                "ups.jar is not the file that the catalog means: its SHA-256 is another");
        Files.write(offers.resolve("ups.jar"), jar);
        Files.writeString(vendors.resolve("revoked"), item.digest() + " it switches the load off\n");
        refused(() -> reader.jar(offers.toString(), item, TODAY), "it is revoked: it switches the load off");
        byte[] bare = bundle("acme.ups", "1.0.0");
        Files.write(offers.resolve("ups.jar"), bare);
        refused(() -> reader.jar(offers.toString(), offered(bare), TODAY), "it is not signed");
        try (var left = Files.list(directory.resolve("work"))) {
            assertThat(left).as("copies that were left").hasSize(1);
        }
    }

    @Test
    void namesTheLineThatIsNotUnderstood() throws Exception {
        catalog(acme, 1, "2027-01-01", "bundle acme.ups 1.0.0 ../../etc/ups.jar " + "ab".repeat(32) + "\n");
        refused(
                this::read,
                "its line 'bundle acme.ups 1.0.0 ../../etc/ups.jar " + "ab".repeat(32) + "' is not understood");
        catalog(acme, 1, "soon", "");
        refused(this::read, "its line 'expires soon' is not understood");
    }

    private Catalog read() throws IOException, Refusal {
        return reader.read(offers.toString(), TODAY);
    }

    private CatalogItem offered(byte[] jar) throws Exception {
        String digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(jar));
        return Catalog.parse("catalog acme 1\nbundle acme.ups 1.0.0 ups.jar " + digest + "\n")
                .newest("acme.ups")
                .orElseThrow();
    }

    private void catalog(Signer signer, int edition, String expires, String lines) throws Exception {
        String text = "catalog acme %d\nexpires %s\n%s".formatted(edition, expires, lines);
        Files.write(offers.resolve("catalog.jar"), signer.sign(jar(text)));
    }

    private static byte[] jar(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(CatalogReader.ENTRY));
            zip.write(text.getBytes(StandardCharsets.US_ASCII));
        }
        return bytes.toByteArray();
    }

    private static void refused(ThrowingCallable what, String why) {
        assertThatThrownBy(what)
                .isInstanceOfSatisfying(Refusal.class, e -> assertThat(e.why()).isEqualTo(why));
    }
}
