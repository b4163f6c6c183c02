package org.cobnut.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cobnut.testkit.CertificateAuthority;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Clients in TLS that both ends verify: ours and Debian's at our server, ours at Debian's (NSS). Nothing goes in clear. */
class TlsClientsIT {
    private static final String MONITOR = """
            MONITOR box@127.0.0.1:%d 1 mon monpass secondary
            MINSUPPLIES 1
            SHUTDOWNCMD /bin/true
            POLLFREQ 1
            CERTVERIFY 1
            FORCESSL 1
            """;

    private static House house;
    private static @Nullable CobnutServer server;
    private static @Nullable Tap tap;

    @BeforeAll
    static void start() throws Exception {
        assumeThat(CobnutServer.built()).isTrue();
        house = new House(Path.of("src/test/resources/access"), Map.of());
        var authority = new CertificateAuthority(house.dir);
        authority.authority();
        authority.certificate("server", "");
        authority.certificate("client", "");
        authority.selfSigned("other", "");
        authority.run("printf secret > word; mkdir nss; certutil -N -d sql:nss -f word;"
                + " certutil -A -d sql:nss -f word -n root -t CT,, -a -i ca.pem;"
                + " for each in server client; do openssl pkcs12 -export -in $each.pem -inkey $each.key -name $each"
                + " -passout file:word -out $each.p12; pk12util -i $each.p12 -d sql:nss -k word -w word; done");
        house.write(
                "upsd.conf",
                "LISTEN 127.0.0.1 @PORT@\nCERTFILE server.both\nCERTPATH ca.pem\nCERTREQUEST require\n",
                Map.of());
        server = new CobnutServer(house);
        house.await("GET VAR box ups.status", is -> is.contains("OL"));
        tap = new Tap(house.port);
    }

    @AfterAll
    static void stop() throws IOException {
        if (tap != null) tap.close();
        if (server != null) server.close();
    }

    @Test
    void ourToolsShowTheirCertificateAndVerifyTheServers() throws IOException {
        auth("good.conf", "ca.pem", "CERTFILE = @DIR@/client.both\nUSER = admin\nPASS = plain\n");
        assertThat(ours("upsc", "-A", "good.conf", box(), "ups.status").out()).isEqualTo("OL\n");
        House.Ran listed = ours("upsrw", "-A", "good.conf", box());
        assertThat(listed.errors() + listed.exit()).isEqualTo("0");
        ours("upscmd", "-A", "good.conf", box(), "load.off");
        House.waitFor(() -> house.said().contains("Instant command: admin@127.0.0.1 did load.off on box"), house::said);
        auth("none.conf", "ca.pem", "");
        assertThat(ours("upsc", "-A", "none.conf", box(), "ups.status").errors())
                .contains("it may refuse our certificate, or want one (CERTFILE)");
        auth("other.conf", "other.pem", "CERTFILE = @DIR@/client.both\n");
        assertThat(ours("upsc", "-A", "other.conf", box(), "ups.status").errors())
                .contains("no authority of CERTPATH vouches for CN=server");
        assertThat(house.said()).contains("TLS handshake with 127.0.0.1 failed: ");
        assertNothingInClear();
    }

    @Test
    void ourUpsmonIsLoggedInUnderTls() throws IOException {
        monitors("lib", CobnutServer.program("upsmon"), "CERTFILE @CERTS@/client.both\nCERTPATH @CERTS@/ca.pem\n");
        assertNothingInClear();
    }

    @Test
    void debiansUpsmonIsLoggedInUnderTls() throws IOException {
        monitors(
                "nss",
                "/lib/nut/upsmon",
                "CERTPATH @CERTS@/nss\nCERTIDENT client secret\nCERTHOST 127.0.0.1 server.example.org 1 1\n");
    }

    @Test
    void oursVerifyDebiansServer() throws IOException {
        try (var theirs = new House(Path.of("src/test/resources/access"), Map.of())) {
            theirs.write(
                    "upsd.conf",
                    "LISTEN 127.0.0.1 @PORT@\nCERTPATH " + house.dir.resolve("nss") + "\nCERTIDENT server secret\n",
                    Map.of());
            Process driver = theirs.start("/lib/nut/dummy-ups", "-a", "box", "-u", House.user(), "-D");
            House.waitFor(() -> Files.exists(theirs.dir.resolve("dummy-ups-box")), theirs::said);
            Process upsd = theirs.start("/lib/nut/upsd", "-F", "-u", House.user());
            try (var between = new Tap(theirs.port)) {
                theirs.await("GET VAR box ups.status", is -> is.contains("OL"));
                auth("good.conf", "ca.pem", "");
                String box = "box@127.0.0.1:" + between.port();
                House.Ran ran = ours("upsc", "-A", "good.conf", box, "ups.status");
                assertThat(ran.out() + ran.errors()).isEqualTo("OL\n");
                assertThat(between.heard())
                        .startsWith("STARTTLS\nOK STARTTLS\n")
                        .doesNotContain("VAR");
                auth("other.conf", "other.pem", "");
                assertThat(ours("upsc", "-A", "other.conf", box).errors()).contains("no authority of CERTPATH vouches");
            } finally {
                for (Process each : List.of(upsd, driver)) {
                    each.destroy();
                    House.end(each);
                }
            }
        }
    }

    /** A machine of its own with this upsmon, until the server has its login. */
    private static void monitors(String build, String upsmon, String directives) throws IOException {
        String before = house.said();
        try (var machine = new House(Path.of("src/test/resources/access"), Map.of())) {
            machine.write("nut.conf", "MODE=netclient\n", Map.of());
            machine.write(
                    "upsmon.conf", MONITOR.formatted(tap.port()) + directives, Map.of("CERTS", house.dir.toString()));
            Files.setPosixFilePermissions(
                    machine.dir.resolve("upsmon.conf"), PosixFilePermissions.fromString("rw-------"));
            Process process = build.equals("nss")
                    ? machine.start(upsmon, "-p", "-F", "-u", House.user())
                    : machine.start(upsmon, "-F");
            try {
                House.waitFor(
                        () -> house.said()
                                .substring(before.length())
                                .contains("User mon@127.0.0.1 logged into UPS [box] (SSL)"),
                        () -> machine.said() + "\n" + house.said());
            } finally {
                process.destroy();
                House.end(process);
            }
        }
    }

    private static void assertNothingInClear() {
        assertThat(tap.heard())
                .contains("STARTTLS\nOK STARTTLS\n")
                .doesNotContain("plain")
                .doesNotContain("monpass")
                .doesNotContain("ups.status");
    }

    private static String box() {
        return "box@127.0.0.1:" + tap.port();
    }

    private static void auth(String name, String certpath, String more) throws IOException {
        house.write(name, "CERTPATH = @DIR@/" + certpath + "\nCERTVERIFY = 1\nFORCESSL = 1\n" + more, Map.of());
        Files.setPosixFilePermissions(house.dir.resolve(name), PosixFilePermissions.fromString("rw-------"));
    }

    private static House.Ran ours(String program, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(CobnutServer.program(program)));
        command.addAll(List.of(arguments));
        return house.run(command.toArray(String[]::new));
    }
}
