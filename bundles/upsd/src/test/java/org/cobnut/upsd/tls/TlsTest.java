package org.cobnut.upsd.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.ssl.OpenSsl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.cobnut.upsd.net.Connection;
import org.cobnut.upsd.net.Fixture;
import org.cobnut.upsd.tls.TlsSettings.Clients;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** STARTTLS over real sockets, by BoringSSL and by Java, with Java's client. */
@Timeout(120)
class TlsTest {
    @TempDir
    static Path directory;

    private static Certificates files;

    private final Fixture fixture = new Fixture();
    private @Nullable TlsTestServer serving;

    @BeforeAll
    static void make() throws Exception {
        files = new Certificates(directory);
        files.own("here", "");
        files.own("other", "");
        files.own("client", "");
        files.own("stranger", "");
    }

    @AfterEach
    void stop() {
        if (serving != null) serving.close();
    }

    @ParameterizedTest
    @CsvSource({"true, TLSv1.3", "true, TLSv1.2", "false, TLSv1.3", "false, TLSv1.2"})
    void servesBehindStarttls(boolean boring, String protocol) throws Exception {
        assertThat(OpenSsl.isAvailable()).isTrue();
        serve(boring, files.settings("here.both", "", Clients.NO));
        try (var client = client()) {
            assertThat(client.ask("USERNAME mon")).isEqualTo("OK");
            client.secure(own(""), protocol);
            assertThat(client.protocol()).isEqualTo(protocol);
            assertThat(client.ask("STARTTLS")).isEqualTo("ERR ALREADY-SSL-MODE");
            for (int i = 0; i < 3; i++)
                assertThat(client.ask("GET VAR demo ups.status")).isEqualTo("VAR demo ups.status \"OL\"");
            assertThat(client.ask("PASSWORD pass") + client.ask("LOGIN demo")).isEqualTo("OKOK");
            client.send("LIST VAR demo\n".repeat(2000) + "LOGOUT\n");
            assertThat(client.rest())
                    .startsWith("BEGIN LIST VAR demo\nVAR demo battery.charge \"100\"\n")
                    .endsWith("END LIST VAR demo\nOK Goodbye\n");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void nothingThatCameInClearIsTakenForSecret(boolean boring) throws Exception {
        serve(boring, files.settings("here.both", "", Clients.NO));
        try (var client = client()) {
            client.send("USERNAME mon\nSTARTTLS\nPASSWORD pass\nLOGIN demo\nGET NUM");
            assertThat(client.line() + client.line()).isEqualTo("OKOK STARTTLS");
            client.shake(own(""), "TLSv1.3");
            assertThat(client.ask("NETVER")).isEqualTo("1.3");
            assertThat(client.ask("LOGIN demo")).isEqualTo("ERR PASSWORD-REQUIRED");
        }
    }

    @Test
    void textInsteadOfAHandshakeEndsTheConnectionAndNoOther() throws Exception {
        serve(true, files.settings("here.both", "", Clients.NO));
        try (var other = client();
                var stalling = client();
                var client = client()) {
            assertThat(stalling.ask("STARTTLS")).isEqualTo("OK STARTTLS");
            assertThat(client.ask("STARTTLS")).isEqualTo("OK STARTTLS");
            client.send("GET VAR demo ups.status\n");
            assertThat(client.rest()).doesNotContain("VAR");
            other.secure(own(""), "TLSv1.3");
            assertThat(other.ask("NETVER")).isEqualTo("1.3");
            long begin = System.nanoTime();
            assertThat(stalling.rest()).doesNotContain("VAR");
            assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin))
                    .isLessThan(Connection.IDLE_SECONDS / 2);
            assertThat(other.ask("NETVER")).isEqualTo("1.3");
        }
    }

    @Test
    void withoutACertificateThereIsNoTls() throws Exception {
        serve(true, TlsSettings.NONE);
        try (var client = client()) {
            assertThat(client.ask("STARTTLS")).isEqualTo("ERR FEATURE-NOT-CONFIGURED");
            assertThat(client.ask("NETVER")).isEqualTo("1.3");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "true, NO, '', true",
        "true, NO, stranger, true",
        "true, REQUEST, '', true",
        "true, REQUEST, client, true",
        "true, REQUEST, stranger, false",
        "true, REQUIRE, '', false",
        "true, REQUIRE, client, true",
        "true, REQUIRE, stranger, false",
        "false, REQUEST, '', true",
        "false, REQUEST, stranger, false",
        "false, REQUIRE, '', false",
        "false, REQUIRE, client, true",
    })
    void asksForClientsCertificates(boolean boring, Clients clients, String own, boolean welcome) throws Exception {
        serve(boring, files.settings("here.both", "client.pem", clients));
        for (String protocol : List.of("TLSv1.2", "TLSv1.3"))
            try (var client = client()) {
                if (welcome) {
                    client.secure(own(own), protocol);
                    assertThat(client.ask("NETVER")).isEqualTo("1.3");
                } else
                    assertThatThrownBy(() -> {
                                client.secure(own(own), protocol);
                                client.ask("NETVER");
                            })
                            .isInstanceOf(IOException.class);
            }
    }

    @Test
    void anotherCertificateIsUsedAtOnceAndABrokenOneNever() throws Exception {
        files.replace("here.both", "live.both");
        serve(true, files.settings("live.both", "", Clients.NO));
        try (var before = client()) {
            before.secure(own(""), "TLSv1.3");
            assertThat(before.server()).isEqualTo("CN=here");
            files.replace("other.both", "live.both");
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (!shown().equals("CN=other")) assertThat(System.nanoTime()).isLessThan(end);
            Files.writeString(directory.resolve("live.both"), "-----BEGIN CERTIFICATE-----\nbroken");
            assertThat(shown()).isEqualTo("CN=other");
            assertThatThrownBy(() -> serving.configure(files.settings("none.both", "", Clients.NO)))
                    .hasMessage(directory.resolve("none.both") + ": no such file or directory");
            assertThat(shown()).isEqualTo("CN=other");
            files.replace("here.both", "live.both");
            while (!shown().equals("CN=here")) assertThat(System.nanoTime()).isLessThan(end);
            assertThat(before.ask("NETVER")).isEqualTo("1.3");
        }
    }

    private String shown() throws Exception {
        try (var client = client()) {
            client.secure(own(""), "TLSv1.3");
            return client.server();
        }
    }

    private void serve(boolean boring, TlsSettings settings) throws IOException {
        serving = new TlsTestServer(fixture, boring, settings);
    }

    private TlsTestClient client() throws IOException {
        return new TlsTestClient(serving.port());
    }

    /** The chain and key of that name; none for an empty one. */
    private static Optional<Path> own(String name) {
        return name.isEmpty() ? Optional.empty() : Optional.of(directory.resolve(name + ".both"));
    }
}
