package org.cobnut.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Floods from some addresses, while a monitor at another one is answered all the time. Server, attackers and monitor share
 * the processors: the long form, which holds the aim of 1 s, wants a machine that does nothing else.
 */
@TestMethodOrder(MethodOrderer.MethodName.class)
class FloodIT {
    private static final boolean LONG = Boolean.getBoolean("cobnut.long");
    private static final Duration ATTACK = Duration.ofSeconds(LONG ? 60 : 2);

    /** Within a build, which others may be beside, the bound is what shows that nothing stands still; alone it is the aim. */
    private static final Duration PATIENCE = Duration.ofSeconds(LONG && !busy() ? 1 : 4);

    private static final List<String> THREE = List.of("127.0.0.2", "127.0.0.3", "127.0.0.4");
    private static final String MONITOR = "127.0.0.9";
    private static final int LONG_VARIABLES = 9000;

    private static House house;
    private static @Nullable CobnutServer server;

    @BeforeAll
    static void start() throws IOException {
        assumeThat(CobnutServer.built()).isTrue();
        house = new House(Path.of("src/test/resources/access"), Map.of());
        House.Ran ran = house.run(
                "/bin/sh",
                "-c",
                "umask 077; openssl req -x509 -newkey rsa:2048 -nodes -days 90 -subj /CN=flood"
                        + " -keyout key.pem -out cert.pem && cat cert.pem key.pem > server.pem");
        assertThat(ran.exit()).as(ran.errors()).isZero();
        var usual = new StringBuilder("ups.status: OL\n");
        for (int i = 0; i < 77; i++)
            usual.append("experimental.usual.")
                    .append(i)
                    .append(": some value ")
                    .append(i)
                    .append('\n');
        house.write("box.dev", usual.toString(), Map.of());
        var lengthy = new StringBuilder("ups.status: OL\n");
        for (int i = 0; i < LONG_VARIABLES; i++)
            lengthy.append("experimental.long.")
                    .append(i)
                    .append(": ")
                    .append("v".repeat(480))
                    .append('\n');
        house.write("big.dev", lengthy.toString(), Map.of());
        house.write("upsd.conf", "LISTEN 127.0.0.1 @PORT@\nCERTFILE server.pem\n", Map.of());
        house.write("ups.conf", """
                [box]
                driver = dummy-ups
                port = box.dev
                mode = dummy-once
                [big]
                driver = dummy-ups
                port = big.dev
                mode = dummy-once
                """, Map.of());
        server = new CobnutServer(house);
        for (String device : List.of("box", "big"))
            house.await("GET VAR " + device + " ups.status", is -> is.contains("OL"));
        // A server that has served for a while is what is attacked: Java has compiled what it does most.
        for (int i = 0; i < 500; i++) assertThat(house.ask("LIST VAR box")).startsWith("BEGIN");
    }

    @AfterAll
    static void stop() throws IOException {
        if (server != null) server.close();
    }

    @Test
    void whoAsksForListsAndReadsNothing() throws IOException {
        try (var flood = new Flood(house.port, 2000, THREE, "LIST VAR box\n", false)) {
            assertAnswered();
            flood.assertRunning();
        }
    }

    @Test
    void whoAsksForLongListsAndReadsNothing() throws IOException {
        try (var flood = new Flood(house.port, LONG ? 2000 : 600, THREE, "LIST VAR big\n", false)) {
            assertAnswered();
            flood.assertRunning();
        }
    }

    /** A name in other letters is a reply of one's own, which nobody shares. */
    @Test
    void whoAsksForLongListsOfHisOwn() throws IOException {
        try (var flood = new Flood(house.port, LONG ? 2000 : 200, THREE, "LIST VAR bIG\n", false)) {
            assertAnswered();
            flood.assertRunning();
        }
    }

    @Test
    void whoAsksAllTheTime() throws IOException {
        try (var flood = new Flood(house.port, 1000, List.of("127.0.0.2"), "LIST VAR box\n", true)) {
            assertAnswered();
            flood.assertRunning();
        }
    }

    @Test
    void whoSendsALineWithoutEnd() throws IOException {
        try (var flood = new Flood(house.port, 2000, THREE, "x".repeat(500) + ' ', false)) {
            assertAnswered();
            flood.assertRunning();
        }
    }

    @Test
    void whoReadsNothingUnderTls() throws Exception {
        List<Socket> sockets = new ArrayList<>();
        try {
            SSLContext trusting = trusting();
            for (int i = 0; i < (LONG ? 2000 : 150); i++) sockets.add(deaf(trusting, THREE.get(i % 3)));
            assertAnswered();
        } finally {
            for (Socket each : sockets) each.close();
        }
    }

    private static void assertAnswered() throws IOException {
        assertThat(slowest()).as(() -> tail(house.said())).isLessThan(PATIENCE);
        assertThat(house.said()).doesNotContain("OutOfMemory").doesNotContain("direct buffer");
    }

    /** The longest that a monitor waited: on the connection that it has, and to connect and be answered anew. */
    private static Duration slowest() throws IOException {
        long slowest = 0;
        long end = System.nanoTime() + ATTACK.toNanos();
        try (var steady = new Connection(MONITOR, house.port)) {
            while (System.nanoTime() < end) {
                slowest = Math.max(slowest, nanos(() -> steady.ask("GET VAR box ups.status")));
                slowest = Math.max(slowest, nanos(() -> {
                    try (var fresh = new Connection(MONITOR, house.port)) {
                        return fresh.ask("GET VAR box ups.status");
                    }
                }));
                House.pass(20);
            }
        }
        return Duration.ofNanos(slowest);
    }

    private interface Question {
        String ask() throws IOException;
    }

    private static long nanos(Question question) throws IOException {
        long begin = System.nanoTime();
        assertThat(question.ask()).as(() -> tail(house.said())).isEqualTo("VAR box ups.status \"OL\"\n");
        return System.nanoTime() - begin;
    }

    private static Socket deaf(SSLContext trusting, String from) throws IOException {
        var plain = new Socket();
        plain.setReceiveBufferSize(16_384);
        plain.bind(new InetSocketAddress(from, 0));
        plain.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), house.port), 5000);
        plain.getOutputStream().write("STARTTLS\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(new String(plain.getInputStream().readNBytes(12), StandardCharsets.ISO_8859_1))
                .isEqualTo("OK STARTTLS\n");
        var secret = (SSLSocket) trusting.getSocketFactory().createSocket(plain, "flood", house.port, true);
        secret.startHandshake();
        secret.getOutputStream().write("LIST VAR big\n".repeat(2000).getBytes(StandardCharsets.ISO_8859_1));
        return secret;
    }

    private static SSLContext trusting() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                null,
                new TrustManager[] {
                    new X509TrustManager() {
                        @Override
                        public void checkClientTrusted(X509Certificate[] chain, String type) {}

                        @Override
                        public void checkServerTrusted(X509Certificate[] chain, String type) {}

                        @Override
                        public X509Certificate[] getAcceptedIssuers() {
                            return new X509Certificate[0];
                        }
                    }
                },
                null);
        return context;
    }

    private static boolean busy() {
        var system = ManagementFactory.getOperatingSystemMXBean();
        return system.getSystemLoadAverage() > 3 * system.getAvailableProcessors();
    }

    private static String tail(String text) {
        return text.substring(Math.max(0, text.length() - 4000));
    }
}
