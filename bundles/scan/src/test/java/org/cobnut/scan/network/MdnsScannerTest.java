package org.cobnut.scan.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.cobnut.scan.ScanRequest;
import org.cobnut.scan.Scanner;
import org.cobnut.testkit.ScannerContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MdnsScannerTest extends ScannerContract {
    private static final String INSTANCE = "rack._nut._tcp.local";
    private static final InetAddress SENDER = InetAddress.getLoopbackAddress();

    private final UdpResponder responder;
    private final ServerSocket server;

    MdnsScannerTest() throws IOException {
        responder = new UdpResponder();
        server = new ServerSocket(0, 20, SENDER);
        var serving = new Thread(this::serve, "nut server");
        serving.setDaemon(true);
        serving.start();
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                var in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
                if ("LIST UPS".equals(in.readLine()))
                    client.getOutputStream()
                            .write("BEGIN LIST UPS\nUPS demo \"A demo\"\nEND LIST UPS\n"
                                    .getBytes(StandardCharsets.US_ASCII));
            } catch (IOException ended) {
                // The client has gone, or the test is over.
            }
        }
    }

    @AfterEach
    void stop() throws IOException {
        responder.close();
        server.close();
    }

    @Override
    protected Scanner scanner() {
        return new MdnsScanner(List.of(new InetSocketAddress(SENDER, responder.port())));
    }

    @Override
    protected ScanRequest request() {
        responder.saying(announcement(server.getLocalPort()));
        return quick();
    }

    private static ScanRequest quick() {
        return ScanRequest.all().withTimeout(Duration.ofMillis(300));
    }

    @Override
    protected Optional<ScanRequest> silence() throws IOException {
        return Optional.empty();
    }

    /** PTR, SRV and A as a responder sends them, each name but the first by a pointer. */
    private static byte[] announcement(int port) {
        return message(
                3,
                record("_nut._tcp.local", 12, pointerBehindLabel("rack", 12)),
                record(INSTANCE, 33, new byte[] {0, 0, 0, 0, (byte) (port >> 8), (byte) port}, name("host.local")),
                record("host.local", 1, new byte[] {127, 0, 0, 1}));
    }

    private static byte[] pointerBehindLabel(String label, int to) {
        return joined(new byte[] {(byte) label.length()}, label.getBytes(StandardCharsets.US_ASCII), new byte[] {
            (byte) 0xc0, (byte) to
        });
    }

    private static byte[] message(int answers, byte[]... records) {
        return joined(new byte[] {0, 0, (byte) 0x84, 0, 0, 0, 0, (byte) answers, 0, 0, 0, 0}, joined(records));
    }

    private static byte[] record(String name, int type, byte[]... data) {
        byte[] all = joined(data);
        return joined(
                name(name),
                new byte[] {0, (byte) type, (byte) 0x80, 1, 0, 0, 0, 120, (byte) (all.length >> 8), (byte) all.length},
                all);
    }

    private static byte[] name(String name) {
        byte[] all = {};
        for (String label : name.split("\\."))
            all = joined(all, new byte[] {(byte) label.length()}, label.getBytes(StandardCharsets.US_ASCII));
        return joined(all, new byte[] {0});
    }

    private static byte[] joined(byte[]... parts) {
        ByteBuffer all = ByteBuffer.allocate(
                Arrays.stream(parts).mapToInt(part -> part.length).sum());
        for (byte[] part : parts) all.put(part);
        return all.array();
    }

    @Test
    void asksTheServersThatAnnounceThemselvesForTheirUpses() throws Exception {
        Told told = scan(scanner(), request());
        assertThat(told.devices()).singleElement().satisfies(device -> {
            assertThat(device.driver()).contains("dummy-ups");
            assertThat(device.port()).isEqualTo("demo@127.0.0.1:" + server.getLocalPort());
            assertThat(device.description()).isEqualTo("A demo");
        });
        assertThat(responder.heard()).containsExactly("\0\0\0\0\0\1\0\0\0\0\0\0\4_nut\4_tcp\5local\0\0\14\0\1");
    }

    @Test
    void takesTheSenderForTheServerWhenTheAnswerNamesNoAddress() {
        byte[] bare = message(1, record("_nut._tcp.local", 12, name(INSTANCE)));
        assertThat(DnsMessage.servers(bare, SENDER)).containsExactly(new InetSocketAddress(SENDER, 3493));
        assertThat(DnsMessage.servers(announcement(7000), SENDER)).containsExactly(new InetSocketAddress(SENDER, 7000));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "000084000000000100000000", // a record that is missing
                "000084000000000100000000c00c000c0001000000780002c00c", // a name that points to itself
                "0000840000000001000000003f41", // a label that is cut off
                "000000000001000000000000045f6e7574045f746370056c6f63616c00000c0001", // a question
                "00008400ffffffffffffffff",
            })
    void takesNothingFromABadMessage(String hex) {
        assertThat(DnsMessage.servers(HexFormat.of().parseHex(hex), SENDER)).isEmpty();
    }

    @Test
    void endsForAnyMessage() {
        byte[] good = announcement(7000);
        for (int i = 0; i < good.length; i++) {
            assertThat(DnsMessage.servers(Arrays.copyOf(good, i), SENDER)).hasSizeLessThan(2);
            for (int value : new int[] {0, 0x3f, 0xc0, 0xff}) {
                byte[] bad = good.clone();
                bad[i] = (byte) value;
                assertThat(DnsMessage.servers(bad, SENDER)).hasSizeLessThan(2);
            }
        }
    }
}
