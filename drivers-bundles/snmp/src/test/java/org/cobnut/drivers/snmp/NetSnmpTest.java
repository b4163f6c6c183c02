package org.cobnut.drivers.snmp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.snmp.agent.SnmpLinks;
import org.cobnut.model.Outcome;
import org.cobnut.testkit.DebianDriver;
import org.cobnut.testkit.DriverFacts;
import org.cobnut.testkit.TestReport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** net-snmp's own agent, whose objects a program gives it (pass_persist), read and written by SNMPv3 beside Debian's snmp-ups. */
@Timeout(90)
class NetSnmpTest {
    private static final Path PROGRAM = Path.of("/usr/sbin/snmpd");
    private static final String SECRET = "a long secret";

    private final SnmpLinks links = new SnmpLinks();

    @TempDir
    Path folder;

    private Process agent;

    @AfterEach
    void stop() {
        links.stop();
        if (agent != null) {
            agent.descendants().forEach(ProcessHandle::destroy);
            agent.destroyForcibly().onExit().join();
        }
    }

    private int start(String objects) throws IOException {
        Assumptions.assumeTrue(Files.isExecutable(PROGRAM), "the package snmpd is not installed");
        int port;
        try (var probe = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            port = probe.getLocalPort();
        }
        Path file = Files.writeString(folder.resolve("objects"), objects);
        Files.writeString(folder.resolve("conf"), """
                agentAddress udp:127.0.0.1:%d
                sysObjectID %s
                createUser me SHA "%s" AES "%s"
                rwuser me priv
                pass_persist .%s /usr/bin/python3 %s %s %s %s
                """.formatted(
                        port,
                        Rfc1628.BASE,
                        SECRET,
                        SECRET,
                        Rfc1628.BASE,
                        Path.of("src/test/resources/pass_persist.py").toAbsolutePath(),
                        file,
                        folder.resolve("writes"),
                        Rfc1628.BASE));
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
        return port;
    }

    private Session open(int port) throws IOException {
        Map<String, String> values = new TreeMap<>(Map.of(
                "snmp_version", "v3",
                "secLevel", "authPriv",
                "secName", "me",
                "authProtocol", "SHA",
                "authPassword", SECRET,
                "privProtocol", "AES",
                "privPassword", SECRET,
                "snmp_retries", "2"));
        Settings settings = Settings.of("u", "127.0.0.1:" + port, SnmpOptions.ALL, values);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (true) {
            try {
                return Bench.open(links, settings);
            } catch (IOException notYet) {
                if (System.nanoTime() > end) throw notYet;
                LockSupport.parkNanos(20_000_000);
            }
        }
    }

    @Test
    void isReadAndWrittenBySnmpV3() throws IOException {
        int port = start(Rfc1628.text());
        try (Session session = open(port)) {
            TestReport report = new TestReport().poll(session);
            assertThat(report.status()).containsExactly("OL");
            assertThat(report.values()).containsEntry("battery.charge", "93").containsEntry("ups.model", "Rack 3000");
            assertThat(session.run("beeper.mute", "")).isEqualTo(Outcome.handled());
            assertThat(session.set("ups.timer.shutdown", "120")).isEqualTo(Outcome.handled());
            assertThat(session.run("test.battery.start.quick", "")).isEqualTo(Outcome.handled());
            assertThat(Files.readAllLines(folder.resolve("writes")))
                    .contains(
                            Rfc1628.BASE + ".1.9.8.0 integer 3",
                            Rfc1628.BASE + ".1.8.2.0 integer 120",
                            Rfc1628.BASE + ".1.7.1.0 objectid ." + Rfc1628.BASE + ".1.7.7.4");
        }
    }

    @Test
    void isReadBySnmpV3AsDebiansDriverReadsIt() throws IOException {
        Assumptions.assumeTrue(DebianDriver.installed("snmp-ups"), "nut-snmp is not installed");
        int port = start(Rfc1628.text());
        Path own = Files.createDirectory(folder.resolve("c"));
        try (Session session = open(port);
                var driver = DebianDriver.start(
                        own,
                        "snmp-ups",
                        "127.0.0.1:" + port,
                        "snmp_version = v3",
                        "secLevel = authPriv",
                        "secName = me",
                        "authProtocol = SHA",
                        "authPassword = \"" + SECRET + "\"",
                        "privProtocol = AES",
                        "privPassword = \"" + SECRET + "\"")) {
            KnownDifferences.explain(
                    "snmpd by SNMPv3", driver.facts().differences(DriverFacts.of(new TestReport().poll(session))));
        }
    }
}
