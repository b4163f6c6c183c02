package org.cobnut.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** TLS of the distribution's server, at the other end Debian's clients (NSS) and Python's TLS (OpenSSL). */
class TlsIT {
    /** Sends STARTTLS and what is to stand behind it, shakes hands at most by a version, and asks. */
    private static final String PYTHON = """
            import socket, ssl, sys, warnings
            warnings.simplefilter('ignore')
            port, version, behind, ask = int(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4]
            s = socket.create_connection(('127.0.0.1', port), 30)
            s.sendall(('STARTTLS\\n' + behind).encode())
            print(s.recv(100).decode(), end='')
            c = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            c.check_hostname, c.verify_mode = False, ssl.CERT_NONE
            c.minimum_version, c.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion[version]
            c.set_ciphers('ALL:@SECLEVEL=0')
            try:
                t = c.wrap_socket(s)
                print(t.version())
                t.sendall((ask + '\\nLOGOUT\\n').encode())
                for got in iter(lambda: t.recv(1000), b''):
                    print(got.decode(), end='')
            except ssl.SSLError as e:
                print(e.reason)
            """;

    private static House house;
    private static @Nullable CobnutServer server;

    @BeforeAll
    static void start() throws IOException {
        assumeThat(CobnutServer.built()).isTrue();
        house = new House(Path.of("src/test/resources/access"), Map.of());
        certificate("first", "server.pem");
        house.write("upsd.conf", "LISTEN 127.0.0.1 @PORT@\nCERTFILE server.pem\n", Map.of());
        server = new CobnutServer(house);
        house.await("GET VAR box ups.status", is -> is.contains("OL"));
    }

    @AfterAll
    static void stop() throws IOException {
        if (server != null) server.close();
    }

    @Test
    void debiansClientTalksToUsInTls() throws IOException {
        House.Ran ran = house.run("/usr/bin/upsc", "box@127.0.0.1:" + house.port, "ups.status");
        assertThat(ran.out()).isEqualTo("OL\n");
        assertThat(ran.errors()).contains("SSL handshake done successfully");
        assertThat(house.said()).contains("TLS by BoringSSL: the certificate of CN=first");
    }

    @Test
    void thereIsNothingBelowTls12AndALoginIsLoggedAsSsl() throws IOException {
        assertThat(python("TLSv1_1", "", "NETVER")).startsWith("OK STARTTLS\n").contains("PROTOCOL_VERSION");
        assertThat(python("TLSv1_2", "", "NETVER")).isEqualTo("OK STARTTLS\nTLSv1.2\n1.3\nOK Goodbye\n");
        assertThat(python("TLSv1_3", "", "USERNAME mon\nPASSWORD monpass\nLOGIN box\nSTARTTLS"))
                .isEqualTo("OK STARTTLS\nTLSv1.3\nOK\nOK\nOK\nERR ALREADY-SSL-MODE\nOK Goodbye\n");
        assertThat(house.said()).contains("User mon@127.0.0.1 logged into UPS [box] (SSL)");
    }

    @Test
    void whatCameInClearIsDiscarded() throws IOException {
        assertThat(python("TLSv1_3", "USERNAME mon\nGET VAR", "PASSWORD monpass\nLOGIN box"))
                .isEqualTo("OK STARTTLS\nTLSv1.3\nOK\nERR USERNAME-REQUIRED\nOK Goodbye\n");
    }

    @Test
    void whoStallsInTheHandshakeDelaysNobodyAndIsCutOff() throws IOException {
        try (var stalling = new Connection(house.port)) {
            assertThat(stalling.ask("STARTTLS")).isEqualTo("OK STARTTLS\n");
            assertThat(python("TLSv1_3", "", "NETVER")).contains("1.3\nOK Goodbye\n");
            House.waitFor(
                    () -> house.said().contains("TLS handshake with 127.0.0.1 failed: handshake timed out"),
                    house::said);
        }
    }

    @Test
    void aNewCertificateIsTakenUp() throws IOException {
        certificate("second", "server.pem");
        House.waitFor(() -> house.said().contains("the certificate of CN=second"), house::said);
        assertThat(python("TLSv1_3", "", "NETVER")).contains("1.3\nOK Goodbye\n");
        Files.writeString(house.dir.resolve("broken.pem"), "-----BEGIN CERTIFICATE-----\n");
        move("broken.pem", "server.pem");
        House.waitFor(() -> house.said().contains("the certificate of before stays in use"), house::said);
        assertThat(python("TLSv1_3", "", "NETVER")).contains("1.3\nOK Goodbye\n");
    }

    private static String python(String version, String behind, String ask) throws IOException {
        House.Ran ran = house.run("/usr/bin/python3", "-c", PYTHON, String.valueOf(house.port), version, behind, ask);
        assertThat(ran.errors()).isEmpty();
        return ran.out();
    }

    private static void certificate(String name, String file) throws IOException {
        House.Ran ran = house.run(
                "/bin/sh",
                "-c",
                "umask 077; openssl req -x509 -newkey rsa:2048 -nodes -days 90 -subj /CN=" + name
                        + " -keyout key.pem -out cert.pem && cat cert.pem key.pem > new.pem");
        assertThat(ran.exit()).as(ran.errors()).isZero();
        move("new.pem", file);
    }

    private static void move(String from, String to) throws IOException {
        Files.move(house.dir.resolve(from), house.dir.resolve(to), StandardCopyOption.ATOMIC_MOVE);
    }
}
