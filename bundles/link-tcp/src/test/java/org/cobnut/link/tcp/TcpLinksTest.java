package org.cobnut.link.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.cobnut.link.ByteLink;
import org.cobnut.link.LinkParameters;
import org.cobnut.link.NoAnswerException;
import org.cobnut.link.SerialParameters;
import org.cobnut.testkit.TestRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class TcpLinksTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration SHORT = Duration.ofMillis(200);

    private final TcpLinks links = new TcpLinks(SHORT, SHORT);

    @Test
    void carriesEveryByteBothWaysHoweverItIsCut() throws IOException {
        var all = new byte[1000];
        for (int i = 0; i < all.length; i++) all[i] = (byte) i;
        try (var peer = new Peer();
                var link = open(peer.port())) {
            for (byte one : all) peer.socket().getOutputStream().write(one);
            var got = new byte[all.length];
            for (int count = 0; count < got.length; ) {
                var part = new byte[Math.min(7, got.length - count)];
                int more = link.read(part, SECOND);
                assertThat(more).isPositive();
                System.arraycopy(part, 0, got, count, more);
                count += more;
            }
            assertThat(got).isEqualTo(all);
            link.write(all);
            assertThat(peer.socket().getInputStream().readNBytes(all.length)).isEqualTo(all);
        }
    }

    @Test
    void leavesWhatFollowsAnAnswerAndThrowsAwayWhatIsNotWanted() throws IOException {
        try (var peer = new Peer();
                var link = open(peer.port())) {
            peer.send("(230.0\r#\r");
            assertThat(text(link.readUntil('\r', 80, SECOND))).isEqualTo("(230.0\r");
            assertThat(text(link.readUntil('\r', 80, SECOND))).isEqualTo("#\r");
            peer.send("old\rolder");
            link.readUntil('\r', 80, SECOND);
            link.discard();
            peer.send("half");
            var fault = catchThrowableOfType(NoAnswerException.class, () -> link.readUntil('\r', 80, SHORT));
            assertThat(fault.received()).isEqualTo("half");
        }
    }

    @Test
    void connectsByNameAndToAnAddressOfIpv6() throws IOException {
        try (var peer = new Peer(InetAddress.getByName("::1"))) {
            open("tcp:[::1]:" + peer.number()).close();
        }
        try (var peer = new Peer()) {
            open("tcp:localhost:" + peer.number()).close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp:host", "tcp:host:0", "tcp:host:65536", "tcp:::1:4001", "tcp:[::1]", "tcp::4001"})
    void saysWhichFormAPortHas(String port) {
        assertThatIOException().isThrownBy(() -> open(port)).withMessageStartingWith(port + " is no port over TCP");
    }

    @Test
    void saysThatAHostHasNoAddress() {
        assertThatIOException()
                .isThrownBy(() -> open("tcp:nosuchhost.invalid:4001"))
                .withMessageContaining("nosuchhost.invalid");
    }

    @Test
    void losesALinkThatThePeerHasHalfClosed() throws IOException {
        try (var peer = new Peer();
                var link = open(peer.port())) {
            peer.send("last\r");
            peer.socket().shutdownOutput();
            assertThat(text(link.readUntil('\r', 80, SECOND))).isEqualTo("last\r");
            String lost = peer.port() + ": the other side has closed the connection";
            assertThatIOException()
                    .isThrownBy(() -> link.read(new byte[1], SECOND))
                    .withMessage(lost);
            assertThatIOException().isThrownBy(() -> link.write(new byte[1])).withMessage(lost);
            assertThatIOException().isThrownBy(link::discard).withMessage(lost);
        }
    }

    @Test
    void losesALinkWhosePeerTakesNoBytes() throws IOException {
        try (var peer = new Peer();
                var link = open(peer.port())) {
            peer.socket();
            assertThatIOException()
                    .isThrownBy(() -> link.write(new byte[64 << 20]))
                    .withMessageEndingWith("it takes no bytes");
            assertThatIOException().isThrownBy(() -> link.write(new byte[1]));
        }
    }

    @Test
    void givesUpAPeerThatDoesNotAcceptAndHeedsAnInterruptMeanwhile() throws Exception {
        try (var full = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String port = "tcp:127.0.0.1:" + full.getLocalPort();
            List<Socket> waiting = new ArrayList<>();
            try {
                for (int i = 0; i < 2; i++) waiting.add(new Socket("127.0.0.1", full.getLocalPort()));
                assertThatIOException().isThrownBy(() -> open(port)).withMessageContaining("no answer within 200 ms");

                var patient = new TcpLinks(Duration.ofSeconds(15), SHORT);
                var ended = new CompletableFuture<Throwable>();
                var started = new CountDownLatch(1);
                var thread = new Thread(() -> {
                    started.countDown();
                    ended.complete(catchThrowable(
                            () -> TestRequest.of(ByteLink.class, port).open(patient)));
                });
                thread.start();
                started.await();
                thread.interrupt();
                assertThat(ended.get(5, TimeUnit.SECONDS)).isInstanceOf(InterruptedIOException.class);
            } finally {
                for (Socket socket : waiting) socket.close();
            }
        }
    }

    @Test
    void endsAWriteWhenItsThreadIsInterrupted() throws IOException {
        try (var peer = new Peer();
                var link = open(peer.port())) {
            Thread.currentThread().interrupt();
            assertThat(catchThrowable(() -> link.write(new byte[1]))).isInstanceOf(InterruptedIOException.class);
            link.write(new byte[] {'x'});
            assertThat(peer.socket().getInputStream().read()).isEqualTo('x');
        }
    }

    @Test
    void leasesTheLineBehindASerialServerUnlessItIsShared() throws IOException {
        try (var peer = new Peer()) {
            String port = peer.port();
            SerialParameters line = SerialParameters.at(2400);
            assertThatIOException()
                    .isThrownBy(() -> TestRequest.of(ByteLink.class, port, line)
                            .without(port)
                            .open(links))
                    .withMessage(port + " is in use by another section of ups.conf");
            TestRequest.of(ByteLink.class, port, line)
                    .sharing()
                    .without(port)
                    .open(links)
                    .close();
            TestRequest.of(ByteLink.class, port, line.shared())
                    .without(port)
                    .open(links)
                    .close();
            TestRequest.of(ByteLink.class, port, LinkParameters.NONE)
                    .without(port)
                    .open(links)
                    .close();
        }
    }

    @Test
    void closesItsLinksWhenItStops() throws IOException {
        try (var peer = new Peer()) {
            ByteLink link = open(peer.port());
            links.stop();
            assertThatIOException()
                    .isThrownBy(() -> link.read(new byte[1], SECOND))
                    .withMessageEndingWith(": is closed");
            ByteLink late = open(peer.port());
            assertThatIOException().isThrownBy(() -> late.write(new byte[1])).withMessageEndingWith(": is closed");
        }
    }

    private ByteLink open(String port) throws IOException {
        return TestRequest.of(ByteLink.class, port).open(links);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
