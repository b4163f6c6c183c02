package org.cobnut.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.cobnut.testkit.CertificateAuthority;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Whom the distribution's upsd trusts: a hashed directory with a revocation list, CERTIDENT. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TrustIT {
    private static House house;
    private static @Nullable CobnutServer server;
    private static CertificateAuthority authority;
    private static TlsPeer peer;

    @BeforeAll
    static void start() throws Exception {
        assumeThat(CobnutServer.built()).isTrue();
        house = new House(Path.of("src/test/resources/access"), Map.of());
        peer = new TlsPeer(house, "ca.pem");
        authority = new CertificateAuthority(house.dir);
        authority.authority();
        for (String name : List.of("server", "good", "bad")) authority.certificate(name, "");
        authority.run("mkdir lists trust; openssl ca -config ca.cnf -gencrl -out lists/crl.pem;"
                + " cp ca.pem trust/; ln -s ../lists/crl.pem trust/crl.pem; openssl rehash trust");
        conf("CERTFILE server.both\nCERTPATH trust\nCERTIDENT server \"\"\nCERTREQUEST require\n");
        server = new CobnutServer(house);
        house.await("GET VAR box ups.status", is -> is.contains("OL"));
    }

    @AfterAll
    static void stop() throws IOException {
        if (server != null) server.close();
    }

    @Test
    @Order(1)
    void aRevokedClientIsRefusedAsSoonAsTheListSaysSo() throws Exception {
        assertThat(ask("good")).isEqualTo("OK STARTTLS\n1.3\nOK Goodbye\n");
        assertThat(ask("bad")).isEqualTo("OK STARTTLS\n1.3\nOK Goodbye\n");
        // The list lies elsewhere, and the hashed directory has but a link to it.
        authority.run("openssl ca -config ca.cnf -revoke bad.pem; openssl ca -config ca.cnf -gencrl -out new.pem;"
                + " mv new.pem lists/crl.pem");
        long changed = System.nanoTime();
        House.waitFor(() -> !ask("bad").contains("1.3"), house::said);
        // Two seconds by design; the rest is for a machine with other things to do.
        assertThat(Duration.ofNanos(System.nanoTime() - changed)).isLessThan(Duration.ofSeconds(6));
        assertThat(ask("good")).isEqualTo("OK STARTTLS\n1.3\nOK Goodbye\n");
        House.waitFor(() -> house.said().contains("failed: certificate revoked: CN=bad"), house::said);
    }

    @Test
    @Order(2)
    void anIdentityThatTheCertificateHasNotIsToldOfAndTheOldOneStays() throws IOException {
        conf("CERTFILE server.both\nCERTPATH trust\nCERTIDENT elsewhere \"\"\nCERTREQUEST require\n");
        House.waitFor(
                () -> house.said()
                        .contains("the certificate is of CN=server,O=Cobnut, not of \"elsewhere\" as CERTIDENT wants"),
                house::said);
        assertThat(ask("good")).isEqualTo("OK STARTTLS\n1.3\nOK Goodbye\n");
    }

    private static void conf(String lines) throws IOException {
        house.write("upsd.conf", "LISTEN 127.0.0.1 @PORT@\n" + lines, Map.of());
    }

    private static String ask(String own) {
        try {
            return peer.ask("server.example.org", own + ".both", "NETVER");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
