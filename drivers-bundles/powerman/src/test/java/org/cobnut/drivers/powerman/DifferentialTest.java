package org.cobnut.drivers.powerman;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.ByteLink;
import org.cobnut.link.tcp.TcpLinks;
import org.cobnut.model.Outcome;
import org.cobnut.testkit.DebianDriver;
import org.cobnut.testkit.TestLinks;
import org.cobnut.testkit.TestReport;
import org.cobnut.testkit.TestRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real powerman daemon whose unit is a script, read by Debian's powerman-pdu 2.8.0 and by us. */
@Timeout(60)
class DifferentialTest {
    private static final Path DAEMON = Path.of("/usr/sbin/powermand");

    private static final String UNIT = """
            import sys
            state = {"1": "on", "2": "off", "3": "on"}
            for line in iter(sys.stdin.readline, ""):
                words = line.split()
                if words[0] == "hello":
                    print("ready", flush=True)
                elif words[0] == "status":
                    print("plug", words[1], "is", state[words[1]], flush=True)
                else:
                    state[words[1]] = words[0]
                    print("done", flush=True)
            """;

    private static final String KIND = """
            specification "unit" {
                timeout 2
                plug name { "1" "2" "3" }
                script login { send "hello\\n" expect "ready" }
                script status { send "status %s\\n" expect "plug ([0-9]+) is (on|off)" setplugstate $1 $2 on="on" off="off" }
                script on { send "on %s\\n" expect "done" }
                script off { send "off %s\\n" expect "done" }
                script cycle { send "off %s\\n" expect "done" delay 0.1 send "on %s\\n" expect "done" }
            }
            """;

    private final TcpLinks links = new TcpLinks();

    @TempDir
    Path folder;

    private int port;
    private Process daemon;

    @BeforeEach
    void start() throws IOException {
        Assumptions.assumeTrue(Files.isExecutable(DAEMON), "the package powerman is not installed");
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = probe.getLocalPort();
        }
        Files.writeString(folder.resolve("unit.py"), UNIT);
        Files.writeString(folder.resolve("unit.dev"), KIND);
        Files.writeString(
                folder.resolve("conf"), """
                listen "127.0.0.1:%d"
                include "%s"
                device "d" "unit" "/usr/bin/env python3 %s |&"
                node "rack[1-2],other" "d" "[1-3]"
                """.formatted(port, folder.resolve("unit.dev"), folder.resolve("unit.py")));
        daemon = new ProcessBuilder(
                        DAEMON.toString(), "-f", "-c", folder.resolve("conf").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (System.nanoTime() < end) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                if (socket.isConnected()) return;
            } catch (IOException notYet) {
                LockSupport.parkNanos(20_000_000);
            }
        }
        throw new IOException("powermand does not listen: " + Files.readString(folder.resolve("log")));
    }

    @AfterEach
    void stop() {
        if (daemon != null) daemon.destroy();
    }

    private Session open() throws IOException {
        String tcp = "tcp:127.0.0.1:" + port;
        var driver = new PowermanPdu();
        return driver.open(
                Settings.of("u", "127.0.0.1:" + port, driver.options(), Map.of()),
                new TestLinks(folder)
                        .with(tcp, TestRequest.of(ByteLink.class, tcp).open(links)));
    }

    @Test
    void saysWhatTheCDriverSaysAndSwitches() throws Exception {
        Assumptions.assumeTrue(DebianDriver.installed("powerman-pdu"), "nut-powerman-pdu is not installed");
        try (Session session = open()) {
            var ours = new TreeMap<>(new TestReport().poll(session).values());
            ours.remove("outlet.count"); // C does not say it
            ours.put("device.model", "unknown PDU"); // NUT's core says what ups.model says
            assertThat(ours).isEqualTo(theirs());
            assertThat(session.run("outlet.2.load.off", "")).isEqualTo(Outcome.handled());
            assertThat(session.run("outlet.3.load.cycle", "")).isEqualTo(Outcome.handled());
            assertThat(new TestReport().poll(session).values())
                    .containsEntry("outlet.2.status", "off")
                    .containsEntry("outlet.3.status", "on");
            assertThat(theirs()).containsEntry("outlet.2.status", "off").containsEntry("outlet.3.status", "on");
        }
    }

    private Map<String, String> theirs() throws Exception {
        Files.writeString(
                folder.resolve("ups.conf"),
                "maxretry = 1\n[u]\n driver = powerman-pdu\n port = 127.0.0.1:" + port + "\n");
        var builder = new ProcessBuilder(
                        "/lib/nut/powerman-pdu", "-a", "u", "-u", System.getProperty("user.name"), "-d", "1")
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("NUT_CONFPATH", folder.toString());
        builder.environment().put("NUT_STATEPATH", folder.toString());
        Process process = builder.start();
        try {
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("it ended").isTrue();
            var values = new TreeMap<String, String>();
            new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1)
                    .lines()
                    .map(line -> line.split(": ", 2))
                    .filter(parts -> parts.length == 2 && parts[0].matches("(outlet|device|ups)\\..*"))
                    .forEach(parts -> values.put(parts[0], parts[1]));
            return values;
        } finally {
            process.destroyForcibly();
        }
    }
}
