package org.cobnut.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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

/**
 * Both ends with databases of NSS as NUT's guide makes them, each proving who it is: our upsd, which demands
 * certificates of clients, and Debian's; ours and Debian's clients, a stranger with a database of its own among them.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NssIT {
    private static final String WELCOME = "User mon@127.0.0.1 logged into UPS [box] (SSL)";
    /** What Java says of a stranger, and of none, which NSS may show where it has no certificate of the authority. */
    private static final String REFUSED =
            "TLS handshake with 127.0.0.1 failed: (unable to find valid certification path|Empty client certificate chain)";

    private static final String OURS = CobnutServer.program("upsmon");
    private static final String DEBIANS = "/lib/nut/upsmon";

    private static House house;
    private static CertificateAuthority authority;
    private static @Nullable CobnutServer server;

    @BeforeAll
    static void start() throws Exception {
        assumeThat(CobnutServer.built()).isTrue();
        house = new House(Path.of("src/test/resources/access"), Map.of());
        authority = new CertificateAuthority(house.dir);
        authority.nssAuthority();
        authority.nssDatabase("server", 2, "TC,,");
        authority.nssDatabase("client", 3, "TC,,");
        // The same key has another certificate here, by which nobody vouches but itself.
        authority.run("mkdir stranger; certutil -N -d sql:stranger -f word;"
                + " certutil -A -d sql:stranger -f word -n 'My Root CA' -t TC,, -a -i root.crt;"
                + " certutil -S -d sql:stranger -f word -z noise -n 'My client' -s CN=client -x -t ,, -m 9");
        house.write(
                "upsd.conf",
                "LISTEN 127.0.0.1 @PORT@\nCERTPATH server\nCERTIDENT \"My server\" \"Geheim\"\nCERTREQUEST 2\n",
                Map.of());
        server = new CobnutServer(house);
        house.await("GET VAR box ups.status", is -> is.contains("OL"));
    }

    @AfterAll
    static void stop() throws IOException {
        if (server != null) server.close();
    }

    @Test
    @Order(1)
    void ourToolsShowTheCertificateOfTheirDatabase() throws IOException {
        assertThat(house.said()).contains("TLS by Java with NSS: the certificate of CN=server");
        assertThat(upsc("client", house.port).out()).isEqualTo("OL\n");
    }

    @Test
    @Order(2)
    void whoShowsNoneOrAStrangersIsRefused() throws IOException {
        House.Ran none = house.run("/usr/bin/upsc", "box@localhost:" + house.port, "ups.status");
        assertThat(none.out()).isEmpty();
        assertThat(none.exit()).isNotZero();
        assertThat(upsc("stranger", house.port).errors()).contains("it may refuse our certificate");
        assertThat(house.said()).containsPattern(REFUSED);
        String before = house.said();
        try (var monitor = new Monitor(DEBIANS, "stranger", house.port)) {
            House.waitFor(
                    () -> house.said().substring(before.length()).matches("(?s).*" + REFUSED + ".*"),
                    () -> monitor.machine.said() + house.said());
        }
        assertThat(house.said()).doesNotContain(WELCOME);
    }

    @Test
    @Order(3)
    void debiansUpsmonAndOursAreLoggedInByTheirs() throws IOException {
        for (String program : List.of(DEBIANS, OURS)) {
            String before = house.said();
            try (var monitor = new Monitor(program, "client", house.port)) {
                House.waitFor(
                        () -> house.said().substring(before.length()).contains(WELCOME),
                        () -> program + ": " + monitor.machine.said() + house.said());
            }
        }
    }

    @Test
    @Order(4)
    void oursAtDebiansServerWithTheSameDatabase() throws IOException {
        try (var theirs = new House(Path.of("src/test/resources/access"), Map.of())) {
            theirs.write(
                    "upsd.conf",
                    "LISTEN 127.0.0.1 @PORT@\nCERTPATH " + house.dir.resolve("server")
                            + "\nCERTIDENT \"My server\" Geheim\n",
                    Map.of());
            Process driver = theirs.start("/lib/nut/dummy-ups", "-a", "box", "-u", House.user(), "-D");
            House.waitFor(() -> Files.exists(theirs.dir.resolve("dummy-ups-box")), theirs::said);
            Process upsd = theirs.start("/lib/nut/upsd", "-F", "-D", "-u", House.user());
            try {
                theirs.await("GET VAR box ups.status", is -> is.contains("OL"));
                assertThat(upsc("client", theirs.port).out()).isEqualTo("OL\n");
                try (var monitor = new Monitor(OURS, "client", theirs.port)) {
                    House.waitFor(
                            () -> theirs.said().contains("logged into UPS [box] (SSL)"),
                            () -> monitor.machine.said() + theirs.said());
                }
            } finally {
                for (Process each : List.of(upsd, driver)) {
                    each.destroy();
                    House.end(each);
                }
            }
        }
    }

    @Test
    @Order(5)
    void aListOfRevokedCertificatesCountsAsSoonAsItIsInTheDatabase() throws Exception {
        authority.run("now=$(date -u +%Y%m%d%H%M%SZ);"
                + " printf 'update=%s\\nnextupdate=20990101000000Z\\naddcert 3 %s\\n' $now $now > revoked;"
                + " crlutil -G -d sql:root -f word -n 'My Root CA' -c revoked -o root.crl;"
                + " crlutil -I -d sql:server -f word -i root.crl");
        House.waitFor(() -> !shows("client"), house::said);
        assertThat(house.said()).contains("certificate revoked: CN=client");
    }

    private static boolean shows(String database) {
        try {
            return upsc(database, house.port).out().equals("OL\n");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Of a database's own certificate; the server's name is verified by it, too. */
    private static House.Ran upsc(String database, int port) throws IOException {
        house.write(
                "auth.conf",
                "CERTPATH = @DIR@/" + database + "\nCERTIDENT_NAME = \"My client\"\nCERTIDENT_PASS = Geheim\n"
                        + "CERTVERIFY = 1\nFORCESSL = 1\n",
                Map.of());
        Files.setPosixFilePermissions(house.dir.resolve("auth.conf"), PosixFilePermissions.fromString("rw-------"));
        return house.run(CobnutServer.program("upsc"), "-A", "auth.conf", "box@localhost:" + port, "ups.status");
    }

    /** An upsmon on a machine of its own, which shows the certificate of a database. */
    private static final class Monitor implements AutoCloseable {
        private final House machine = new House(Path.of("src/test/resources/access"), Map.of());
        private final Process process;

        Monitor(String program, String database, int port) throws IOException {
            machine.write("nut.conf", "MODE=netclient\n", Map.of());
            machine.write("upsmon.conf", """
                    MONITOR box@localhost:%d 1 mon monpass secondary
                    MINSUPPLIES 1
                    SHUTDOWNCMD /bin/true
                    POLLFREQ 1
                    CERTPATH %s
                    CERTIDENT "My client" "Geheim"
                    CERTHOST localhost server.example.org 1 1
                    CERTVERIFY 1
                    FORCESSL 1
                    """.formatted(port, house.dir.resolve(database)), Map.of());
            Files.setPosixFilePermissions(
                    machine.dir.resolve("upsmon.conf"), PosixFilePermissions.fromString("rw-------"));
            process = program.equals(OURS)
                    ? machine.start(program, "-F")
                    : machine.start(program, "-p", "-F", "-u", House.user());
        }

        @Override
        public void close() throws IOException {
            process.destroy();
            House.end(process);
            machine.close();
        }
    }
}
