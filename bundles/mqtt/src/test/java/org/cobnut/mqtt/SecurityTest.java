package org.cobnut.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.cobnut.testkit.CertificateAuthority;
import org.cobnut.testkit.Started;
import org.cobnut.testkit.TestDevice;
import org.cobnut.testkit.mqtt.Mosquitto;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Brokers that want to know who comes, and whom we want to know. */
class SecurityTest {
    @TempDir
    static Path dir;

    private static CertificateAuthority authority;

    @BeforeAll
    static void makeCertificates() throws Exception {
        authority = new CertificateAuthority(dir);
        authority.authority();
        authority.certificate("broker", "");
        authority.certificate("cellar", "");
        authority.selfSigned("stranger", "-addext subjectAltName=IP:127.0.0.1");
        authority.run("mosquitto_passwd -b -c words cobnut geheim");
    }

    private static String tls(String certificate, String more) {
        return "cafile ca.pem\ncertfile %1$s.pem\nkeyfile %1$s.key\n%2$s".formatted(certificate, more);
    }

    private static TestNode node(Mosquitto broker) {
        return new TestNode(dir, broker.port(), true).device("ups", TestDevice.of("ups.status: OL"));
    }

    @Test
    void logsInWithUserAndPasswordOverTls() throws Exception {
        try (Mosquitto broker = Mosquitto.with(dir, tls("broker", "allow_anonymous false\npassword_file words\n"));
                var node = node(broker)
                        .login("cobnut", "geheim")
                        .certificates(dir.resolve("ca.pem"), Optional.empty())
                        .start();
                Started now = broker.logIn("--cafile", "ca.pem", "-u", "cobnut", "-P", "geheim")
                        .subscribe("-t", "nut/#")) {
            now.awaitLine(line -> line.endsWith("availability\tonline"));
        }
    }

    @Test
    void logsInWithACertificate() throws Exception {
        try (Mosquitto broker = Mosquitto.with(
                        dir, tls("broker", "require_certificate true\nuse_identity_as_username true\n"));
                var node = node(broker)
                        .certificates(dir.resolve("ca.pem"), Optional.of(dir.resolve("cellar.both")))
                        .start();
                Started now = broker.logIn("--cafile", "ca.pem", "--cert", "cellar.pem", "--key", "cellar.key")
                        .subscribe("-t", "nut/#")) {
            now.awaitLine(line -> line.endsWith("availability\tonline"));
        }
    }

    @Test
    void saysWhyItDoesNotComeIn() throws Exception {
        try (Mosquitto broker = Mosquitto.with(dir, "allow_anonymous false\npassword_file words\n");
                var node = new TestNode(dir, broker.port())
                        .login("cobnut", "falsch")
                        .fleet()
                        .start()) {
            assertThat(fault(node)).contains("does not let this user in").doesNotContain("falsch");
        }
        try (Mosquitto broker = Mosquitto.with(dir, tls("stranger", "allow_anonymous true\n"));
                var node = node(broker)
                        .certificates(dir.resolve("ca.pem"), Optional.empty())
                        .fleet()
                        .start()) {
            assertThat(fault(node)).contains("unable to find valid certification path");
        }
        try (Mosquitto broker = Mosquitto.with(dir, tls("broker", "allow_anonymous true\n"));
                var node = node(broker)
                        .certificates(dir.resolve("none.pem"), Optional.empty())
                        .fleet()
                        .start()) {
            assertThat(fault(node)).endsWith("none.pem is not there or cannot be read");
        }
    }

    private static String fault(TestNode node) {
        return Waiting.until(
                () -> node.node().fleet().orElseThrow().fault().orElse(""),
                fault -> !fault.endsWith("being connected"));
    }
}
