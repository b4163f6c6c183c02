package org.cobnut.upsd.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.cobnut.client.Address;
import org.cobnut.client.Auth;
import org.cobnut.client.Connection;
import org.cobnut.testkit.CertificateAuthority;
import org.cobnut.tls.TlsFiles;
import org.cobnut.upsd.net.Fixture;
import org.cobnut.upsd.tls.TlsSettings.Clients;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every CERTVERIFY, FORCESSL, CERTREQUEST and state of the certificates on both ends: who is let in, and what the client
 * says of it. The client is ours, over sockets, and so is the server.
 */
@Timeout(120)
class TlsTableTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final List<Boolean> EITHER = List.of(false, true);

    @TempDir
    static Path directory;

    private static final Fixture fixture = new Fixture();
    private static @Nullable TlsTestServer serving;
    private static Address address;

    /** What is the matter with a certificate. */
    private enum Shown {
        NONE,
        GOOD,
        EXPIRED,
        SELFSIGNED,
        REVOKED,
        /** A good one, but CERTHOST wants another name. */
        MISNAMED;

        String file() {
            return this == MISNAMED ? "good.both" : name().toLowerCase(Locale.ROOT) + ".both";
        }

        /** Part of what the client says against such a server. */
        String reason() {
            return switch (this) {
                case EXPIRED -> "out of time: it is for 2020-01-01T00:00:00Z to 2020-02-01T00:00:00Z";
                case SELFSIGNED -> "no authority of CERTPATH vouches for CN=selfsigned";
                case REVOKED -> "certificate revoked: CN=revoked";
                case MISNAMED -> "is of CN=good,O=Cobnut, not of ups.elsewhere";
                default -> "";
            };
        }
    }

    @BeforeAll
    static void start() throws Exception {
        var authority = new CertificateAuthority(directory);
        authority.authority();
        authority.certificate("good", "");
        authority.certificate("expired", "-startdate 20200101000000Z -enddate 20200201000000Z");
        authority.certificate("revoked", "");
        authority.selfSigned("selfsigned", "-addext subjectAltName=IP:127.0.0.1");
        authority.run("openssl ca -config ca.cnf -revoke revoked.pem; openssl ca -config ca.cnf -gencrl -out crl.pem;"
                + " cat ca.pem crl.pem > trusted.pem");
        serving = new TlsTestServer(fixture, true, TlsSettings.NONE);
        address = new Address("demo", "127.0.0.1", serving.port());
    }

    @AfterAll
    static void stop() {
        if (serving != null) serving.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = Shown.class,
            names = {"NONE"},
            mode = EnumSource.Mode.EXCLUDE)
    void letsInWhoShallBeLetIn(Shown servers) throws Exception {
        for (Clients asked : Clients.values()) {
            serving.configure(new TlsSettings(
                    new TlsFiles(Optional.of(path(servers.file())), Optional.of(path("trusted.pem")), "", ""), asked));
            for (Shown clients : List.of(Shown.NONE, Shown.GOOD, Shown.EXPIRED, Shown.SELFSIGNED, Shown.REVOKED))
                for (boolean verify : EITHER) for (boolean force : EITHER) row(servers, asked, clients, verify, force);
        }
    }

    private static void row(Shown servers, Clients asked, Shown clients, boolean verify, boolean force)
            throws IOException {
        String row = "server's %s, CERTREQUEST %s, client's %s, CERTVERIFY %s, FORCESSL %s"
                .formatted(servers, asked, clients, verify, force);
        boolean clientTakesServer = !verify || servers == Shown.GOOD;
        boolean serverTakesClient =
                asked == Clients.NO || clients == Shown.GOOD || (asked == Clients.REQUEST && clients == Shown.NONE);
        Auth.Tls wish = wish(clients, servers == Shown.MISNAMED ? "ups.elsewhere" : "", verify, force);
        if (clientTakesServer && serverTakesClient) {
            try (Connection connection = open(wish)) {
                assertThat(connection.layer().orElseThrow().protocol()).as(row).isEqualTo("TLSv1.3");
                assertThat(connection.layer().get().doubt()).as(row).contains(servers.reason());
                assertThat(connection.layer().get().doubt().isEmpty()).as(row).isEqualTo(servers == Shown.GOOD);
                assertThat(connection.ups("demo").get("ups.status")).as(row).isEqualTo("OL");
            }
        } else
            assertThatThrownBy(() -> open(wish).close())
                    .as(row)
                    .isInstanceOf(SSLException.class)
                    .hasMessageContaining(
                            clientTakesServer ? "it may refuse our certificate, or want one" : servers.reason());
    }

    @ParameterizedTest
    @CsvSource({
        "false, false, ''",
        "false, true, SSL is not available: the server said ERR FEATURE-NOT-CONFIGURED",
        "true, false, no certificate to verify: the server said ERR FEATURE-NOT-CONFIGURED",
        "true, true, SSL is not available: the server said ERR FEATURE-NOT-CONFIGURED",
    })
    void staysInClearOnlyWhereNothingForbidsIt(boolean verify, boolean force, String refusal) throws Exception {
        serving.configure(TlsSettings.NONE);
        Auth.Tls wish = wish(Shown.NONE, "", verify, force);
        if (!refusal.isEmpty()) assertThatThrownBy(() -> open(wish)).hasMessage(refusal);
        else
            try (Connection connection = open(wish)) {
                assertThat(connection.layer()).isEmpty();
                assertThat(connection.ups("demo").get("ups.status")).isEqualTo("OL");
            }
    }

    @Test
    void verifiesNobodyWithoutAuthorities() {
        var none = Optional.<String>empty();
        assertThatThrownBy(() ->
                        open(new Auth.Tls(none, none, none, none, none, none, Optional.of(true), Optional.of(false))))
                .hasMessage("CERTVERIFY needs a CERTPATH with the authorities to trust");
    }

    private static Connection open(Auth.Tls wish) throws IOException {
        return Connection.open(address, PATIENCE, PATIENCE, wish);
    }

    private static Auth.Tls wish(Shown clients, String host, boolean verify, boolean force) {
        return new Auth.Tls(
                Optional.of(path("trusted.pem").toString()),
                clients == Shown.NONE
                        ? Optional.empty()
                        : Optional.of(path(clients.file()).toString()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(host),
                Optional.of(verify),
                Optional.of(force));
    }

    private static Path path(String name) {
        return directory.resolve(name);
    }
}
