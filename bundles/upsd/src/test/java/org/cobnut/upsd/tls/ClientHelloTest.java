package org.cobnut.upsd.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.PooledByteBufAllocator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import org.cobnut.testkit.CertificateAuthority;
import org.cobnut.tls.TlsFiles;
import org.cobnut.upsd.net.Fixture;
import org.cobnut.upsd.tls.TlsSettings.Clients;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A first message of TLS in many pieces, too long, or without an end: bytes on raw sockets behind STARTTLS. */
@Timeout(120)
class ClientHelloTest {
    private static final int HANDSHAKE = 22;
    private static final int ALERT = 21;
    private static final int RECORD = 16384;

    @TempDir
    static Path directory;

    private final Fixture fixture = new Fixture();
    private @Nullable TlsTestServer serving;

    @BeforeAll
    static void make() throws Exception {
        new CertificateAuthority(directory).selfSigned("here", "");
    }

    @AfterEach
    void stop() {
        if (serving != null) serving.close();
    }

    @ParameterizedTest
    @CsvSource({"true, 400, 1", "true, 16384, 16", "false, 400, 1", "false, 16384, 16"})
    void manySmallRecordsAreOneHello(boolean boring, int length, int piece) throws Exception {
        serve(boring, Clients.NO);
        try (var other = new TlsTestClient(serving.port()).secure(Optional.empty());
                var client = begun()) {
            client.getOutputStream().write(records(hello(length), piece));
            assertThat(client.getInputStream().read()).isEqualTo(HANDSHAKE);
            assertThat(other.ask("NETVER")).isEqualTo("1.3");
        }
    }

    @ParameterizedTest
    @CsvSource({"true, NO, 16777215", "true, REQUIRE, 60000", "false, NO, 16777215", "false, REQUIRE, 60000"})
    void aHugeHelloIsRefusedByItsLength(boolean boring, Clients clients, int length) throws Exception {
        serve(boring, clients);
        try (var client = begun()) {
            var begin = new byte[RECORD];
            begin[0] = 1;
            begin[1] = (byte) (length >> 16);
            begin[2] = (byte) (length >> 8);
            begin[3] = (byte) length;
            long start = System.nanoTime();
            client.getOutputStream().write(records(begin, RECORD));
            assertThat(end(client)).isEqualTo(ALERT);
            // Not by the time that a handshake may take.
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void recordsWithNothingInThemEnd(boolean boring) throws Exception {
        serve(boring, Clients.NO);
        try (var other = new TlsTestClient(serving.port()).secure(Optional.empty());
                var client = begun()) {
            byte[] empty = records(new byte[0], 1);
            var many = new byte[empty.length * 1000];
            for (int i = 0; i < many.length; i++) many[i] = empty[i % empty.length];
            long sent = 0;
            try {
                for (long begin = System.nanoTime(); System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(30); ) {
                    client.getOutputStream().write(many);
                    sent += many.length;
                    assertThat(other.ask("NETVER")).isEqualTo("1.3");
                }
            } catch (SocketException cutOff) {
                assertThat(sent).isLessThan(16 << 20);
                return;
            }
            throw new AssertionError("nobody cut it off");
        }
    }

    /** Each sends as much of a hello as the server will keep, and then a byte now and then, until it is cut off. */
    @Test
    void thoseWithoutAnEndHoldLittleDelayNobodyAndAreCutOff() throws Exception {
        serve(true, Clients.NO);
        long before = PooledByteBufAllocator.DEFAULT.pinnedDirectMemory();
        byte[] most = records(hello(RECORD), 1000);
        List<Socket> endless = new ArrayList<>();
        try (var other = new TlsTestClient(serving.port()).secure(Optional.empty())) {
            long start = System.nanoTime();
            for (int i = 0; i < 200; i++) {
                endless.add(begun());
                endless.get(i).getOutputStream().write(most, 0, most.length - 500);
            }
            long answered = System.nanoTime();
            assertThat(other.ask("NETVER")).isEqualTo("1.3");
            try (var late = new TlsTestClient(serving.port()).secure(Optional.empty())) {
                assertThat(late.ask("NETVER")).isEqualTo("1.3");
            }
            assertThat(Duration.ofNanos(System.nanoTime() - answered)).isLessThan(Duration.ofSeconds(5));
            // A record each that is not whole, and what the loops and the other client use.
            assertThat(PooledByteBufAllocator.DEFAULT.pinnedDirectMemory() - before)
                    .isLessThan(200L * 20_000 + (1 << 20));
            for (int i = 0; i < 400 && !endless.isEmpty(); i++) {
                byte next = most[most.length - 500 + i];
                endless.removeIf(client -> !trickles(client, next));
                TimeUnit.MILLISECONDS.sleep(50);
            }
            assertThat(endless).isEmpty();
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isGreaterThan(Duration.ofSeconds(Tls.HANDSHAKE_SECONDS - 1));
            assertThat(other.ask("NETVER")).isEqualTo("1.3");
        } finally {
            for (Socket each : endless) each.close();
        }
    }

    /** Whether it is still taken. */
    private static boolean trickles(Socket client, byte next) {
        try {
            client.getOutputStream().write(next);
            client.setSoTimeout(1);
            return client.getInputStream().read() >= 0;
        } catch (SocketTimeoutException nothing) {
            return true;
        } catch (IOException cutOff) {
            return false;
        }
    }

    /** The first byte that comes back, after which the connection ends. */
    private static int end(Socket client) throws IOException {
        InputStream in = client.getInputStream();
        int first = in.read();
        in.transferTo(OutputStream.nullOutputStream());
        return first;
    }

    /** A hello of Java's, made as long as wanted by an extension that only pads (RFC 7685). */
    private static byte[] hello(int length) throws Exception {
        var context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TlsTestClient.Anybody()}, null);
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(true);
        var buffer = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(ByteBuffer.allocate(0), buffer);
        byte[] message = Arrays.copyOfRange(buffer.array(), 5, buffer.position());
        int more = length + 4 - message.length;
        if (more < 4) return message;
        byte[] longer = Arrays.copyOf(message, message.length + more);
        int extensions = 4 + 2 + 32;
        extensions += 1 + longer[extensions];
        extensions += 2 + number(longer, extensions);
        extensions += 1 + longer[extensions];
        write(longer, extensions, number(longer, extensions) + more);
        write(longer, message.length, 21);
        write(longer, message.length + 2, more - 4);
        write(longer, 2, longer.length - 4);
        return longer;
    }

    private static int number(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
    }

    private static void write(byte[] bytes, int at, int number) {
        bytes[at] = (byte) (number >> 8);
        bytes[at + 1] = (byte) number;
    }

    /** A message in records of so many bytes at most. */
    private static byte[] records(byte[] message, int most) {
        var out = new ByteArrayOutputStream();
        for (int at = 0; at == 0 || at < message.length; at += most) {
            int length = Math.min(most, message.length - at);
            out.writeBytes(new byte[] {HANDSHAKE, 3, 1, (byte) (length >> 8), (byte) length});
            out.write(message, at, length);
        }
        return out.toByteArray();
    }

    /** A connection on which the server waits for a hello. */
    private Socket begun() throws IOException {
        var plain = new TlsTestClient(serving.port());
        assertThat(plain.ask("STARTTLS")).isEqualTo("OK STARTTLS");
        return plain.socket();
    }

    private void serve(boolean boring, Clients clients) throws IOException {
        var files = new TlsFiles(
                Optional.of(directory.resolve("here.both")), Optional.of(directory.resolve("here.pem")), "", "");
        serving = new TlsTestServer(fixture, boring, new TlsSettings(files, clients));
    }
}
