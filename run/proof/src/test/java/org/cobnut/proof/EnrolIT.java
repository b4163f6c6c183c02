package org.cobnut.proof;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** From a server without TLS to one that lets in whoever it enrolled and nobody else, while it runs. */
class EnrolIT {
    private static House house;
    private static @Nullable CobnutServer server;

    @BeforeAll
    static void start() throws IOException {
        assumeThat(CobnutServer.built()).isTrue();
        house = new House(Path.of("src/test/resources/access"), Map.of());
        house.write("upsd.conf", "# here only\nLISTEN 127.0.0.1 @PORT@\n", Map.of());
        server = new CobnutServer(house);
        house.await("GET VAR box ups.status", is -> is.contains("OL"));
    }

    @AfterAll
    static void stop() throws IOException {
        if (server != null) server.close();
    }

    @Test
    void aClientIsEnrolledAndGetsInByItsCertificate() throws IOException {
        try (var plain = new Connection(house.port)) {
            assertThat(plain.ask("STARTTLS")).isEqualTo("ERR FEATURE-NOT-CONFIGURED\n");
        }
        String lines = nutctl("init", "-n", "ups.example.org");
        assertThat(lines).endsWith("\nCERTPATH ca.pem\nCERTVERIFY 1\nFORCESSL 1\n");
        House.waitFor(() -> house.said().contains("the certificate of CN=ups.example.org"), house::said);
        var peer = new TlsPeer(house, "tls/ca.pem");
        assertThat(peer.ask("ups.example.org", "", "NETVER")).isEqualTo("OK STARTTLS\n1.3\nOK Goodbye\n");
        assertThat(peer.ask("other.example.org", "", "NETVER")).contains("Hostname mismatch");
        assertThat(Files.readString(house.dir.resolve("upsd.conf")))
                .isEqualTo("# here only\nLISTEN 127.0.0.1 " + house.port + "\nCERTFILE tls/server.pem\n");

        // The lines that were printed, in our own client's file.
        Files.copy(house.dir.resolve("tls/ca.pem"), house.dir.resolve("ca.pem"));
        client(lines);
        assertThat(upsc("localhost")).isEqualTo("OL\n");

        String both = nutctl("enrol", "alice");
        int here = both.indexOf("# And upsd.conf");
        Files.writeString(
                house.dir.resolve("upsd.users"),
                house.text("upsd.users") + "[alice]\ncertificate = alice\nupsmon secondary\n");
        Files.writeString(
                house.dir.resolve("upsd.conf"),
                house.text("upsd.conf") + both.substring(here).replace("request", "require"));
        House.waitFor(() -> !peer(peer, "").contains("1.3"), house::said);
        assertThat(peer(peer, "")).startsWith("OK STARTTLS\n").containsIgnoringCase("certificate_required");
        assertThat(peer(peer, "tls/alice.pem")).isEqualTo("OK STARTTLS\n1.3\nOK Goodbye\n");
        assertThat(peer.ask("localhost", "tls/alice.pem", "USERNAME alice\nLOGIN box"))
                .isEqualTo("OK STARTTLS\nOK\nOK\nOK Goodbye\n");
        assertThat(house.said()).contains("User alice@127.0.0.1 logged into UPS [box] (SSL)");

        assertThat(upsc("localhost")).isNotEqualTo("OL\n");
        Files.copy(house.dir.resolve("tls/alice.pem"), house.dir.resolve("alice.pem"));
        client(both.substring(0, here));
        assertThat(upsc("localhost")).isEqualTo("OL\n");
    }

    private static void client(String lines) throws IOException {
        Files.writeString(
                house.dir.resolve("client"), lines.replaceAll("(?m)^#.*\n", "").replaceAll("(?m)^([A-Z]+) ", "$1 = "));
        Files.move(house.dir.resolve("client"), house.dir.resolve("nutauth.conf"), REPLACE_EXISTING);
        Files.setPosixFilePermissions(house.dir.resolve("nutauth.conf"), PosixFilePermissions.fromString("rw-------"));
    }

    private static String upsc(String host) throws IOException {
        House.Ran ran = house.run(
                CobnutServer.program("upsc"),
                "-A",
                house.dir.resolve("nutauth.conf").toString(),
                "box@" + host + ':' + house.port,
                "ups.status");
        return ran.out() + ran.errors();
    }

    private static String peer(TlsPeer peer, String own) {
        try {
            return peer.ask("localhost", own, "NETVER");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String nutctl(String... words) throws IOException {
        String[] command = new String[words.length + 2];
        command[0] = CobnutServer.program("nutctl");
        command[1] = "tls";
        System.arraycopy(words, 0, command, 2, words.length);
        House.Ran ran = house.run(command);
        assertThat(ran.errors()).isEmpty();
        return ran.out();
    }
}
