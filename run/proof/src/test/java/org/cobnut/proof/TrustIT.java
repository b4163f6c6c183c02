package org.cobnut.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Whom the distribution's upsd trusts: a hashed directory with a revocation list, CERTIDENT, a database of NSS. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TrustIT {
    private static final String AUTHORITY = """
            cat > ca.cnf <<END
            [ca]
            default_ca = here
            [here]
            database = index.txt
            serial = serial
            crlnumber = serial
            new_certs_dir = .
            certificate = ca.pem
            private_key = ca.key
            default_md = sha256
            default_crl_days = 30
            default_days = 30
            policy = any
            copy_extensions = copy
            [any]
            commonName = supplied
            END
            touch index.txt; echo 01 > serial; mkdir lists trust
            key="-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes"
            openssl req -x509 $key -subj /CN=Root -keyout ca.key -out ca.pem
            for name in server good bad; do
                openssl req -new $key -subj /CN=$name -addext subjectAltName=DNS:localhost -keyout $name.key -out $name.csr
                openssl ca -batch -notext -config ca.cnf -in $name.csr -out $name.crt
                cat $name.crt ca.pem $name.key > $name.pem
            done
            openssl ca -config ca.cnf -gencrl -out lists/crl.pem
            cp ca.pem trust/; ln -s ../lists/crl.pem trust/crl.pem; openssl rehash trust
            """;

    /** As NUT's guide does it, without its questions. */
    private static final String DATABASES = """
            head -c 64 /dev/urandom > noise; echo Geheim > word; mkdir root nss
            for each in root nss; do certutil -N -d sql:$each -f word; done
            printf 'y\\n\\ny\\n' | certutil -S -d sql:root -f word -z noise -n 'My Root CA' -s CN=Root -x -2 -t TC,, -m 1
            certutil -R -d sql:nss -f word -z noise -s CN=localhost -a -o server.req
            certutil -C -d sql:root -f word -c 'My Root CA' -m 2 -8 localhost -a -i server.req -o server.cert
            certutil -L -d sql:root -n 'My Root CA' -a -o root.cert
            certutil -A -d sql:nss -f word -n 'My Root CA' -t TC,, -a -i root.cert
            certutil -A -d sql:nss -f word -n 'My server' -t ,, -a -i server.cert
            """;

    private static House house;
    private static @Nullable CobnutServer server;
    private static TlsPeer peer;

    @BeforeAll
    static void start() throws IOException {
        assumeThat(CobnutServer.built()).isTrue();
        house = new House(Path.of("src/test/resources/access"), Map.of());
        peer = new TlsPeer(house, "ca.pem");
        shell(AUTHORITY);
        conf("CERTFILE server.pem\nCERTPATH trust\nCERTIDENT server \"\"\nCERTREQUEST require\n");
        server = new CobnutServer(house);
        house.await("GET VAR box ups.status", is -> is.contains("OL"));
    }

    @AfterAll
    static void stop() throws IOException {
        if (server != null) server.close();
    }

    @Test
    @Order(1)
    void aRevokedClientIsRefusedAsSoonAsTheListSaysSo() throws IOException {
        assertThat(ask("good.pem")).isEqualTo("OK STARTTLS\n1.3\nOK Goodbye\n");
        assertThat(ask("bad.pem")).isEqualTo("OK STARTTLS\n1.3\nOK Goodbye\n");
        // The list lies elsewhere, and the hashed directory has but a link to it.
        shell("openssl ca -config ca.cnf -revoke bad.crt; openssl ca -config ca.cnf -gencrl -out new.pem;"
                + " mv new.pem lists/crl.pem");
        long changed = System.nanoTime();
        House.waitFor(() -> !ask("bad.pem").contains("1.3"), house::said);
        // Two seconds by design; the rest is for a machine with other things to do.
        assertThat(Duration.ofNanos(System.nanoTime() - changed)).isLessThan(Duration.ofSeconds(6));
        assertThat(ask("good.pem")).isEqualTo("OK STARTTLS\n1.3\nOK Goodbye\n");
        House.waitFor(() -> house.said().contains("failed: certificate revoked: CN=bad"), house::said);
    }

    @Test
    @Order(2)
    void anIdentityThatTheCertificateHasNotIsToldOfAndTheOldOneStays() throws IOException {
        conf("CERTFILE server.pem\nCERTPATH trust\nCERTIDENT elsewhere \"\"\nCERTREQUEST require\n");
        House.waitFor(
                () -> house.said().contains("the certificate is of CN=server, not of \"elsewhere\" as CERTIDENT wants"),
                house::said);
        assertThat(ask("good.pem")).isEqualTo("OK STARTTLS\n1.3\nOK Goodbye\n");
    }

    @Test
    @Order(3)
    void aDatabaseOfNssServesDebiansClient() throws IOException {
        shell(DATABASES);
        conf("CERTPATH nss\nCERTIDENT \"My server\" \"Geheim\"\n");
        House.waitFor(
                () -> house.said().contains("TLS by Java with NSS: the certificate of CN=localhost"), house::said);
        House.Ran ran = house.run("/usr/bin/upsc", "box@localhost:" + house.port, "ups.status");
        assertThat(ran.out()).isEqualTo("OL\n");
        assertThat(ran.errors()).contains("SSL handshake done successfully");
        assertThat(new TlsPeer(house, "root.cert").ask("localhost", "", "NETVER"))
                .isEqualTo("OK STARTTLS\n1.3\nOK Goodbye\n");
    }

    private static void conf(String lines) throws IOException {
        house.write("upsd.conf", "LISTEN 127.0.0.1 @PORT@\n" + lines, Map.of());
    }

    private static String ask(String own) {
        try {
            return peer.ask("localhost", own, "NETVER");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void shell(String script) throws IOException {
        Files.writeString(house.dir.resolve("script"), script);
        House.Ran ran = house.run("/bin/sh", "-e", "script");
        assertThat(ran.exit()).as(ran.out() + ran.errors()).isZero();
    }
}
