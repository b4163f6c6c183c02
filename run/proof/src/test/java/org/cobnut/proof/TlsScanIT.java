package org.cobnut.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.cobnut.testkit.CertificateAuthority;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What others make of our upsd's TLS: sslscan, which tries everything, and tcpdump, which sees what the wire carries. */
class TlsScanIT {
    private static House house;
    private static @Nullable CobnutServer server;

    @BeforeAll
    static void start() throws Exception {
        assumeThat(CobnutServer.built()).isTrue();
        house = new House(Path.of("src/test/resources/access"), Map.of());
        var authority = new CertificateAuthority(house.dir);
        authority.authority();
        authority.certificate("server", "");
        house.write("upsd.conf", "LISTEN 127.0.0.1 @PORT@\nCERTFILE server.both\n", Map.of());
        server = new CobnutServer(house);
        house.await("GET VAR box ups.status", is -> is.contains("OL"));
    }

    @AfterAll
    static void stop() throws IOException {
        if (server != null) server.close();
    }

    @Test
    void sslscanFindsNothingWeak() throws IOException {
        String found;
        try (var shim = new Tap(house.port, true)) {
            House.Ran ran = house.run("/usr/bin/sslscan", "--no-colour", "--xml=-", "127.0.0.1:" + shim.port());
            assertThat(ran.exit()).as(ran.errors()).isZero();
            found = ran.out();
        }
        for (String off :
                List.of("ssl\" version=\"2", "ssl\" version=\"3", "tls\" version=\"1.0", "tls\" version=\"1.1"))
            assertThat(found).contains("<protocol type=\"" + off + "\" enabled=\"0\" />");
        for (String on : List.of("1.2", "1.3"))
            assertThat(found).contains("<protocol type=\"tls\" version=\"" + on + "\" enabled=\"1\" />");
        assertThat(found)
                .contains("<renegotiation supported=\"0\"", "<heartbleed sslversion=\"TLSv1.2\" vulnerable=\"0\" />")
                .doesNotContain("vulnerable=\"1\"");
        List<String> ciphers = Pattern.compile("<cipher [^>]*>")
                .matcher(found)
                .results()
                .map(java.util.regex.MatchResult::group)
                .toList();
        assertThat(ciphers).hasSizeGreaterThanOrEqualTo(6).allSatisfy(cipher -> assertThat(cipher)
                .containsPattern("sslversion=\"TLSv1\\.[23]\" bits=\"(128|256)\"")
                .containsPattern("cipher=\"(TLS_(AES|CHACHA20)|ECDHE-RSA-(AES|CHACHA20))[^\"]*(GCM|POLY1305)"));
    }

    @Test
    void behindStarttlsNothingCanBeReadOnTheWire() throws IOException {
        assumeThat(House.user()).as("only root may listen to the wire").isEqualTo("root");
        Path wire = house.dir.resolve("wire");
        String filter = "tcp port " + house.port;
        Process listening = house.start(
                "/usr/bin/tcpdump", "-i", "lo", "-Z", "root", "--immediate-mode", "-U", "-w", wire.toString(), filter);
        try {
            House.waitFor(() -> house.said().contains("listening on lo"), house::said);
            String box = "box@127.0.0.1:" + house.port;
            house.write("auth.conf", "USER = admin\nPASS = plain\nFORCESSL = 1\n", Map.of());
            Files.setPosixFilePermissions(house.dir.resolve("auth.conf"), PosixFilePermissions.fromString("rw-------"));
            house.run(CobnutServer.program("upscmd"), "-A", "auth.conf", box, "load.off");
            House.waitFor(() -> house.said().contains("admin@127.0.0.1 did load.off on box"), house::said);
            // Debian's does it in clear: what is seen of that would have been seen of ours.
            house.run("/usr/bin/upscmd", "-u", "admin", "-p", "plain", box, "load.off");
            House.waitFor(() -> seen(wire).contains("INSTCMD box load.off\n"), house::said);
        } finally {
            listening.destroy();
            House.end(listening);
        }
        assertThat(seen(wire)).containsSubsequence("OK STARTTLS\n", "USERNAME admin\n", "PASSWORD plain\n");
        assertThat(seen(wire).substring(0, seen(wire).indexOf("USERNAME admin\n")))
                .contains("OK STARTTLS\n")
                .doesNotContain("plain", "admin", "load.off", "USERNAME", "PASSWORD", "INSTCMD");
    }

    private static String seen(Path wire) {
        try {
            return Files.readString(wire, StandardCharsets.ISO_8859_1);
        } catch (IOException none) {
            return "";
        }
    }
}
