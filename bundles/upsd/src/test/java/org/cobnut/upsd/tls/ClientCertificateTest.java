package org.cobnut.upsd.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.cobnut.testkit.CertificateAuthority;
import org.cobnut.tls.TlsFiles;
import org.cobnut.upsd.access.User;
import org.cobnut.upsd.net.Fixture;
import org.cobnut.upsd.tls.TlsSettings.Clients;
import org.cobnut.wire.HashedPassword;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Users whom a certificate shows, with certificates that the real openssl makes, over real sockets. */
@Timeout(120)
class ClientCertificateTest {
    private static final String DENIED = "ERR ACCESS-DENIED";
    private static final String WANTED = "ERR PASSWORD-REQUIRED";

    @TempDir
    static Path directory;

    private final Fixture fixture = new Fixture();
    private @Nullable TlsTestServer serving;

    ClientCertificateTest() {
        fixture.users.add(certified("alice", "", "alice"));
        fixture.users.add(certified("both", "sesame", "/O=Here/CN=alice"));
        fixture.users.add(certified("hashed", HashedPassword.of("sesame", 2000).text(), "alice.example.org"));
    }

    @BeforeAll
    static void make() throws Exception {
        String authority = "openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=Root -keyout ca.key -out ca.pem;";
        String sign = "sign() { openssl req -new -newkey rsa:2048 -nodes -subj \"$2\" -keyout k.pem -out c.csr;"
                + " printf '%s\\n' \"$3\" > ext; openssl x509 -req -in c.csr -CA ca.pem -CAkey ca.key -CAcreateserial"
                + " -days 9 -extfile ext -out c.pem; cat c.pem k.pem > $1.both; };";
        new CertificateAuthority(directory)
                .run(authority + sign + "sign alice /O=Here/CN=alice subjectAltName=DNS:alice.example.org;"
                        + " sign mallory /CN=mallory extendedKeyUsage=clientAuth;"
                        + " sign text '/O=Guest/CN=\\/O=Here\\/CN=alice' extendedKeyUsage=clientAuth;"
                        + " sign comma '/O=Here,CN=alice' extendedKeyUsage=clientAuth;"
                        + " sign star '/CN=*.example.org' 'subjectAltName=DNS:*.example.org';"
                        + " sign server /O=Here/CN=alice extendedKeyUsage=serverAuth;"
                        + " openssl req -x509 -newkey rsa:2048 -nodes -subj /O=Here/CN=alice -keyout k.pem -out c.pem;"
                        + " cat c.pem k.pem > stranger.both");
    }

    @AfterEach
    void stop() {
        if (serving != null) serving.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCertificateIsEnough(boolean boring) throws Exception {
        serve(boring, Clients.REQUIRE);
        for (String user : List.of("alice", "both", "hashed")) {
            try (var client = with("alice")) {
                assertThat(client.ask(
                                "USERNAME " + user,
                                "LOGIN demo",
                                "SET VAR demo ups.id x",
                                "INSTCMD demo beeper.mute",
                                "PRIMARY demo",
                                "FSD demo"))
                        .isEqualTo("OK|OK|OK|OK|OK PRIMARY-GRANTED|OK FSD-SET");
            }
            try (var client = with("alice")) {
                assertThat(client.ask("USERNAME " + user, "PASSWORD wrong", "LOGIN demo", "SET VAR demo ups.id x"))
                        .isEqualTo("OK|OK|OK|OK");
            }
        }
        try (var client = with("alice")) {
            assertThat(client.ask("USERNAME mon", "LOGIN demo", "PASSWORD wrong", "LOGIN demo"))
                    .as("a user of whom no certificate is said")
                    .isEqualTo("OK|" + WANTED + "|OK|" + DENIED);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anotherCertificateIsNone(boolean boring) throws Exception {
        serve(boring, Clients.REQUEST);
        for (String own : List.of("", "mallory")) {
            try (var client = with(own)) {
                assertThat(client.ask("USERNAME alice", "LOGIN demo", "PASSWORD wrong", "LOGIN demo"))
                        .as(own)
                        .isEqualTo("OK|" + WANTED + "|OK|" + DENIED);
            }
            try (var client = with(own)) {
                assertThat(client.ask("USERNAME both", "LOGIN demo", "PASSWORD sesame", "LOGIN demo"))
                        .as(own)
                        .isEqualTo("OK|" + WANTED + "|OK|OK");
            }
            try (var client = with(own)) {
                assertThat(client.ask("USERNAME hashed", "PASSWORD wrong", "SET VAR demo ups.id x"))
                        .as(own)
                        .isEqualTo("OK|OK|" + DENIED);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "comma", "star"})
    void nobodyIsAUserByTheTextOfASubjectOrByAStar(String own) throws Exception {
        fixture.users.add(certified("node", "", "node1.example.org"));
        serve(true, Clients.REQUIRE);
        for (String user : List.of("alice", "both", "hashed", "node")) {
            try (var client = with(own)) {
                assertThat(client.ask("USERNAME " + user, "LOGIN demo", "PASSWORD x", "LOGIN demo"))
                        .as(user)
                        .isEqualTo("OK|" + WANTED + "|OK|" + DENIED);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"stranger", "server"})
    void whatIsNotVerifiedDoesNotGetIn(String own) throws Exception {
        serve(true, Clients.REQUEST);
        assertThatThrownBy(() -> {
                    try (var client = with(own)) {
                        client.ask("USERNAME alice", "LOGIN demo");
                    }
                })
                .isInstanceOf(IOException.class);
    }

    @Test
    void nothingCountsThatWasNotAskedForOrIsSaidInClear() throws Exception {
        serve(true, Clients.NO);
        try (var client = with("alice")) {
            assertThat(client.ask("USERNAME alice", "LOGIN demo", "PASSWORD x", "LOGIN demo"))
                    .isEqualTo("OK|" + WANTED + "|OK|" + DENIED);
        }
        serving.close();
        serve(true, Clients.REQUEST);
        try (var client = new TlsTestClient(serving.port())) {
            assertThat(client.ask("USERNAME alice", "LOGIN demo", "PASSWORD x", "LOGIN demo"))
                    .isEqualTo("OK|" + WANTED + "|OK|" + DENIED);
            client.secure(Optional.of(directory.resolve("alice.both")));
            assertThat(client.ask("LOGIN demo")).isEqualTo("OK");
        }
    }

    @Test
    void anEditCountsForAnOpenConnection() throws Exception {
        serve(true, Clients.REQUEST);
        try (var client = with("alice")) {
            assertThat(client.ask("USERNAME alice", "SET VAR demo ups.id x")).isEqualTo("OK|OK");
            fixture.users.add(certified("alice", "", "bob"));
            assertThat(client.ask("SET VAR demo ups.id y")).isEqualTo(WANTED);
            fixture.users.add(certified("alice", "", "alice"));
            assertThat(client.ask("SET VAR demo ups.id z")).isEqualTo("OK");
        }
    }

    @Test
    void theAuditSaysHowItWasShown() throws Exception {
        PrintStream before = System.err;
        var bytes = new ByteArrayOutputStream();
        try (var stream = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            System.setErr(stream);
            serve(true, Clients.REQUEST);
            try (var client = with("alice")) {
                client.ask("USERNAME alice", "LOGIN demo", "SET VAR demo ups.id x");
            }
            try (var client = with("")) {
                client.ask("USERNAME both", "PASSWORD sesame", "LOGIN demo");
            }
        } finally {
            System.setErr(before);
        }
        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .contains("user=\"alice\" by certificate from=127.0.0.1 did=\"LOGIN demo\" result=\"OK\"")
                .contains(
                        "user=\"alice\" by certificate from=127.0.0.1 did=\"SET VAR demo ups.id x\" result=\"HANDLED\"")
                .contains("user=\"both\" from=127.0.0.1 did=\"LOGIN demo\" result=\"OK\"")
                .contains("User alice@127.0.0.1 logged into UPS [demo] (SSL)");
    }

    private static User certified(String name, String password, String certificate) {
        return new User(name, password, certificate, new String[] {"SET"}, new String[] {"ALL"}, "primary");
    }

    private TlsTestClient with(String own) throws Exception {
        return new TlsTestClient(serving.port())
                .secure(own.isEmpty() ? Optional.empty() : Optional.of(directory.resolve(own + ".both")));
    }

    private void serve(boolean boring, Clients clients) throws IOException {
        var files = new TlsFiles(
                Optional.of(directory.resolve("alice.both")), Optional.of(directory.resolve("ca.pem")), "", "");
        serving = new TlsTestServer(fixture, boring, new TlsSettings(files, clients));
    }
}
