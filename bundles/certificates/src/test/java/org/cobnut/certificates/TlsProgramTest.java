package org.cobnut.certificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What nutctl tls makes, judged by the real openssl. */
class TlsProgramTest {
    private static final String CONF = "# ours\nLISTEN 127.0.0.1 # here only\nMAXAGE 20\n";

    @TempDir
    Path directory;

    @Test
    void makesAnAuthorityAndAServersCertificateThatOpensslTakes() throws Exception {
        Path conf = conf(CONF);
        assertThat(tls("init", "-n", "ups.example.org", "-n", "192.0.2.7", "-n", "2001:db8::7"))
                .endsWith("\nCERTPATH ca.pem\nCERTVERIFY 1\nFORCESSL 1");
        for (String host : List.of("ups.example.org", "localhost"))
            assertThat(openssl("verify -x509_strict -purpose sslserver -verify_hostname " + host
                            + " -CAfile ca.pem server.pem"))
                    .isEqualTo("server.pem: OK\n");
        for (String address : List.of("192.0.2.7", "2001:db8::7", "127.0.0.1", "::1"))
            assertThat(openssl("verify -verify_ip " + address + " -CAfile ca.pem server.pem"))
                    .isEqualTo("server.pem: OK\n");
        assertThat(openssl("verify -verify_hostname other.example.org -CAfile ca.pem server.pem"))
                .contains("hostname mismatch");
        assertThat(openssl("verify -purpose sslclient -CAfile ca.pem server.pem"))
                .contains("unsuitable certificate purpose");
        assertThat(openssl("x509 -noout -subject -in server.pem")).isEqualTo("subject=CN = ups.example.org\n");
        assertThat(openssl("x509 -noout -checkend 71193600 -in server.pem")).contains("will not expire"); // 824 days
        assertThat(openssl("pkey -noout -text -in server.pem")).contains("NIST CURVE: P-256");
        assertThat(openssl("x509 -noout -text -in ca.pem"))
                .contains("CA:TRUE, pathlen:0")
                .contains("Certificate Sign, CRL Sign");
        assertThat(Files.readString(conf)).isEqualTo(CONF + "CERTFILE tls/server.pem\n");
    }

    @Test
    void givesEachFileItsModeAndLeavesNothingElse() throws Exception {
        Path conf = conf(CONF);
        Files.setPosixFilePermissions(conf, PosixFilePermissions.fromString("rw-rw----"));
        tls("init");
        tls("enrol", "alice");
        assertThat(names())
                .containsExactly("alice.pem rw-------", "ca.key rw-------", "ca.pem rw-r-----", "server.pem rw-r-----");
        assertThat(mode(directory.resolve("tls"))).isEqualTo("rwxr-x---");
        assertThat(mode(conf)).isEqualTo("rw-rw----");
        assertThat(group(directory.resolve("tls/server.pem"))).isEqualTo(group(directory));
    }

    @Test
    void findsTheHostsNames() throws Exception {
        conf("");
        String own = java.net.InetAddress.getLocalHost().getHostName();
        assertThat(tls("init")).contains("localhost").contains(own);
        assertThat(openssl("verify -verify_hostname " + own + " -CAfile ca.pem server.pem"))
                .isEqualTo("server.pem: OK\n");
    }

    @Test
    void enrolsClientsWhoseCertificatesAreForNothingElse() throws Exception {
        conf(CONF);
        tls("init");
        assertThat(tls("enrol", "alice"))
                .contains("\nCERTPATH ca.pem\nCERTFILE alice.pem\n")
                .endsWith("\nCERTPATH tls/ca.pem\nCERTREQUEST request");
        assertThat(openssl("verify -x509_strict -purpose sslclient -CAfile ca.pem alice.pem"))
                .isEqualTo("alice.pem: OK\n");
        assertThat(openssl("verify -purpose sslserver -CAfile ca.pem alice.pem"))
                .contains("unsuitable certificate purpose");
        assertThat(openssl("x509 -noout -subject -in alice.pem")).isEqualTo("subject=CN = alice\n");
        assertThat(openssl("pkey -noout -in alice.pem")).isEmpty();
        assertThat(Files.readString(directory.resolve("upsd.conf"))).doesNotContain("CERTREQUEST");
    }

    @Test
    void makesNothingAnewUnlessToldTo() throws Exception {
        conf(CONF);
        tls("init");
        String authority = Files.readString(directory.resolve("tls/ca.pem"));
        String first = Files.readString(directory.resolve("tls/server.pem"));
        assertThatThrownBy(() -> tls("init"))
                .hasMessage(directory + "/tls/server.pem is there already; -f makes it anew");
        tls("init", "-f");
        assertThat(Files.readString(directory.resolve("tls/server.pem"))).isNotEqualTo(first);
        assertThat(Files.readString(directory.resolve("tls/ca.pem"))).isEqualTo(authority);
        assertThat(openssl("verify -purpose sslserver -CAfile ca.pem server.pem"))
                .isEqualTo("server.pem: OK\n");
        tls("enrol", "alice");
        assertThatThrownBy(() -> tls("enrol", "alice")).hasMessageContaining("alice.pem is there already");
        assertThat(tls("enrol", "-f", "alice")).contains("alice.pem");
        assertThat(Files.readString(directory.resolve("upsd.conf"))).containsOnlyOnce("CERTFILE");
    }

    @Test
    void worksWithAnAuthorityThatOpensslMade() throws Exception {
        conf(CONF);
        Files.createDirectory(directory.resolve("tls"));
        openssl("req -x509 -newkey rsa:2048 -nodes -days 300 -subj /CN=Root -keyout ca.key -out ca.pem");
        tls("init", "-n", "ups.example.org");
        assertThat(openssl("verify -purpose sslserver -CAfile ca.pem server.pem"))
                .isEqualTo("server.pem: OK\n");
        assertThat(openssl("x509 -noout -checkend 26000000 -in server.pem")).contains("will expire"); // 300.9 days
    }

    @Test
    void refusesWhatWouldLockOutOrBreak() throws Exception {
        assertThatThrownBy(() -> tls("enrol", "alice")).hasMessageContaining("no authority yet");
        conf("CERTFILE mine.pem\n");
        assertThatThrownBy(() -> tls("init"))
                .hasMessage("upsd.conf has another CERTFILE; -f puts tls/server.pem in its place");
        conf("CERTIDENT \"my cert\" \"secret\"\n");
        assertThatThrownBy(() -> tls("init", "-f"))
                .hasMessageContaining("CERTIDENT")
                .hasMessageNotContaining("secret");
        assertThat(directory.resolve("tls")).doesNotExist();
        conf("CERTFILE mine.pem # old\n");
        tls("init", "-f");
        assertThat(Files.readString(directory.resolve("upsd.conf"))).isEqualTo("CERTFILE tls/server.pem # old\n");
        openssl("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out ca.key");
        assertThatThrownBy(() -> tls("enrol", "bob"))
                .hasMessage("the authority's key does not belong to its certificate");
        assertThat(names()).containsExactly("ca.key rw-------", "ca.pem rw-r-----", "server.pem rw-r-----");
        for (String[] bad : new String[][] {
            {"init", "-n"}, {"init", "x"}, {"init", "-n", "a b"}, {"init", "-n", "1.2.3"}, {"init", "-n", "a,dns:b"},
            {"enrol"}, {"enrol", "../x"}, {"enrol", "server"}, {"enrol", "a", "b"}, {"revoke"}
        }) assertThatThrownBy(() -> tls(bad)).isInstanceOf(IllegalArgumentException.class);
    }

    private String tls(String... args) throws IOException {
        return new TlsProgram(directory).run(args);
    }

    private Path conf(String text) throws IOException {
        return Files.writeString(directory.resolve("upsd.conf"), text);
    }

    /** What openssl says, whether it likes what it sees or not. */
    private String openssl(String line) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("/bin/sh", "-c", "openssl " + line + " 2>&1")
                .directory(directory.resolve("tls").toFile())
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("tls"))) {
            return files.map(file -> file.getFileName() + " " + mode(file))
                    .sorted()
                    .toList();
        }
    }

    private static String mode(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static String group(Path file) throws IOException {
        return Files.readAttributes(file, PosixFileAttributes.class).group().getName();
    }
}
