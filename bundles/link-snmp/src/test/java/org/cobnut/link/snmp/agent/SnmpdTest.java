package org.cobnut.link.snmp.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.cobnut.link.NoAnswerException;
import org.cobnut.link.snmp.SnmpException;
import org.cobnut.link.snmp.SnmpLink;
import org.cobnut.link.snmp.SnmpObject;
import org.cobnut.link.snmp.SnmpParameters;
import org.cobnut.link.snmp.SnmpParameters.Authentication;
import org.cobnut.link.snmp.SnmpParameters.Privacy;
import org.cobnut.link.snmp.SnmpValue;
import org.cobnut.testkit.TestRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** SNMPv3 with net-snmp's agent (package snmpd). */
@Timeout(60)
class SnmpdTest {
    private static final Path PROGRAM = Path.of("/usr/sbin/snmpd");
    private static final String CONTACT = "1.3.6.1.2.1.1.4.0";
    private static final String SIGN = "signing secret";
    private static final String ENCRYPT = "encrypting secret";

    private final SnmpLinks links = new SnmpLinks();

    @TempDir
    Path folder;

    private int port;
    private Process agent;

    @BeforeEach
    void start() throws IOException {
        Assumptions.assumeTrue(Files.isExecutable(PROGRAM), "the package snmpd is not installed");
        try (var probe = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            port = probe.getLocalPort();
        }
        var lines = new StringBuilder("agentAddress udp:127.0.0.1:" + port + "\nsysServices 72\n");
        for (Authentication signs : Authentication.values())
            for (Privacy encrypts : Privacy.values())
                lines.append("createUser %s %s \"%s\" %s \"%s\"\nrwuser %s priv\n"
                        .formatted(
                                name(signs, encrypts),
                                word(signs),
                                SIGN,
                                word(encrypts),
                                ENCRYPT,
                                name(signs, encrypts)));
        lines.append("createUser signed SHA \"%s\"\nrwuser signed auth\n".formatted(SIGN));
        lines.append("createUser plain\nrouser plain noauth\n");
        Files.writeString(folder.resolve("conf"), lines);
        run();
    }

    private static String name(Authentication signs, Privacy encrypts) {
        return signs.name() + encrypts.name();
    }

    /** As net-snmp names a protocol: SHA-256, AES-192. */
    private static String word(Enum<?> protocol) {
        return protocol.name().replaceFirst("(\\d{3})$", "-$1");
    }

    private void run() throws IOException {
        var builder = new ProcessBuilder(
                        PROGRAM.toString(),
                        "-f",
                        "-Lf",
                        folder.resolve("log").toString(),
                        "-C",
                        "-c",
                        folder.resolve("conf").toString(),
                        "-I",
                        "-smux,mteTrigger,mteTriggerConf",
                        "-p",
                        folder.resolve("pid").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile());
        builder.environment().put("SNMP_PERSISTENT_DIR", folder.toString());
        agent = builder.start();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (System.nanoTime() < end) {
            try (SnmpLink link = open(SnmpParameters.user("plain"))) {
                link.get(List.of(CONTACT));
                return;
            } catch (NoAnswerException notYet) {
                LockSupport.parkNanos(10_000_000);
            }
        }
        throw new IOException("snmpd does not answer: " + Files.readString(folder.resolve("log")));
    }

    @AfterEach
    void stop() {
        links.stop();
        if (agent != null) agent.destroyForcibly().onExit().join();
    }

    private SnmpLink open(SnmpParameters parameters) throws IOException {
        return TestRequest.of(SnmpLink.class, "udp:127.0.0.1:" + port, parameters.patience(Duration.ofMillis(500), 0))
                .open(links);
    }

    private static SnmpParameters user(String name, Authentication signs, Privacy encrypts) {
        return SnmpParameters.user(name).signed(signs, SIGN).encrypted(encrypts, ENCRYPT);
    }

    @Test
    void readsAndWritesByEveryProtocolOfSnmpV3() throws IOException {
        for (Authentication signs : Authentication.values())
            for (Privacy encrypts : Privacy.values())
                try (SnmpLink link = open(user(name(signs, encrypts), signs, encrypts))) {
                    SnmpValue contact = SnmpValue.text(name(signs, encrypts) + " was here");
                    link.set(List.of(new SnmpObject(CONTACT, contact)));
                    assertThat(link.get(List.of(CONTACT)).values()).containsExactly(contact);
                }
        try (SnmpLink link = open(SnmpParameters.user("signed").signed(Authentication.SHA, SIGN))) {
            assertThat(link.get(List.of(CONTACT))).hasSize(1);
            assertThat(link.walk("1.3.6.1.2.1.1", 100)).containsKey(CONTACT);
        }
    }

    @Test
    void saysWhatTheAgentDoesNotTake() throws IOException {
        refused(user("nobody", Authentication.SHA, Privacy.AES), "the user");
        refused(
                SnmpParameters.user("SHAAES")
                        .signed(Authentication.SHA, "wrong secret")
                        .encrypted(Privacy.AES, ENCRYPT),
                "authPassword");
        refused(user("SHAAES", Authentication.MD5, Privacy.AES), "authPassword");
        refused(
                SnmpParameters.user("signed").signed(Authentication.SHA, SIGN).encrypted(Privacy.AES, ENCRYPT),
                "secLevel");
    }

    private void refused(SnmpParameters parameters, String reason) throws IOException {
        try (SnmpLink link = open(parameters)) {
            assertThatExceptionOfType(SnmpException.class)
                    .isThrownBy(() -> link.get(List.of(CONTACT)))
                    .withMessageContaining(reason);
        }
    }

    @Test
    void goesOnWithAnAgentThatWasStartedAnew() throws IOException {
        try (SnmpLink link = open(user("SHAAES", Authentication.SHA, Privacy.AES))) {
            assertThat(link.get(List.of(CONTACT))).hasSize(1);
            agent.destroyForcibly().onExit().join();
            assertThatExceptionOfType(NoAnswerException.class).isThrownBy(() -> link.get(List.of(CONTACT)));
            run();
            assertThat(link.get(List.of(CONTACT))).hasSize(1);
        }
    }
}
