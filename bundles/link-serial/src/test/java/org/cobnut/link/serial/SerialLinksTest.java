package org.cobnut.link.serial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.cobnut.link.ByteLink;
import org.cobnut.link.NoAnswerException;
import org.cobnut.link.SerialLink;
import org.cobnut.link.SerialParameters;
import org.cobnut.testkit.TestRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
@Timeout(20)
class SerialLinksTest {
    private static final SerialParameters LINE = SerialParameters.at(2400);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final SerialLinks links = new SerialLinks();

    @Test
    void carriesBytesBothWaysThroughASymbolicLink(@TempDir Path folder) throws IOException {
        try (var pty = new Pty()) {
            Path name = Files.createSymbolicLink(folder.resolve("ups"), Path.of(pty.path()));
            try (var link = open(name.toString(), LINE)) {
                link.write(bytes("Q1\r"));
                assertThat(pty.receive(3)).isEqualTo("Q1\r");
                pty.send("(230.0\r#\r");
                assertThat(text(link.readUntil('\r', 80, SECOND))).isEqualTo("(230.0\r");
                assertThat(text(link.readUntil('\r', 80, SECOND))).isEqualTo("#\r");
                assertThat(pty.order("speed")).isEqualTo("2400");
            }
        }
    }

    @Test
    void passesEveryByteAsItIs() throws IOException {
        var all = new byte[256];
        for (int i = 0; i < all.length; i++) all[i] = (byte) i;
        try (var pty = new Pty();
                var link = open(pty.path(), LINE)) {
            pty.send(text(all));
            var got = new byte[256];
            int count = 0;
            while (count < got.length) {
                var part = new byte[got.length - count];
                int more = link.read(part, SECOND);
                assertThat(more).isPositive();
                System.arraycopy(part, 0, got, count, more);
                count += more;
            }
            assertThat(got).isEqualTo(all);
            link.write(all);
            assertThat(bytes(pty.receive(256))).isEqualTo(all);
        }
    }

    @Test
    void saysWhenNothingComes() throws IOException {
        try (var pty = new Pty();
                var link = open(pty.path(), LINE)) {
            assertThat(link.read(new byte[1], Duration.ofMillis(150))).isZero();
            pty.send("(23");
            var fault = catchThrowableOfType(
                    NoAnswerException.class, () -> link.readUntil('\r', 80, Duration.ofMillis(150)));
            assertThat(fault.received()).isEqualTo("(23");
        }
    }

    /** Drivers that rest between bytes wait so a thousand times in one reading. */
    @Test
    void waitsNoLongerThanItIsTold() throws IOException {
        try (var pty = new Pty();
                var link = open(pty.path(), LINE)) {
            long start = System.nanoTime();
            for (int i = 0; i < 10; i++)
                assertThat(link.read(new byte[1], Duration.ofMillis(10))).isZero();
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(Duration.ofMillis(100), Duration.ofMillis(600));
            pty.send("x");
            assertThat(link.read(new byte[1], SECOND)).isOne();
        }
    }

    @Test
    void throwsAwayWhatWasNotRead() throws IOException {
        try (var pty = new Pty();
                var link = open(pty.path(), LINE)) {
            pty.send("old answer\rolder");
            link.readUntil(' ', 80, SECOND);
            link.discard();
            pty.send("new\r");
            assertThat(text(link.readUntil('\r', 80, SECOND))).isEqualTo("new\r");
        }
    }

    @Test
    void refusesALineThatAnotherHolds() throws IOException {
        try (var pty = new Pty()) {
            var first = open(pty.path(), LINE);
            assertThatIOException()
                    .isThrownBy(() -> open(pty.path(), LINE))
                    .withMessageContaining("another program holds it");
            first.close();
            open(pty.path(), LINE).close();
        }
    }

    @Test
    void keepsOtherProgramsOutUnlessAskedToShare() throws IOException {
        try (var pty = new Pty();
                var link = open(pty.path(), LINE)) {
            assertThat(pty.order("lock")).isEqualTo("held");
            link.discard();
        }
        try (var pty = new Pty();
                var link = open(pty.path(), LINE.shared())) {
            assertThat(pty.order("lock")).isEqualTo("free");
            link.discard();
        }
    }

    @Test
    void losesTheLineWhenItHangsUpWhileReading() throws Exception {
        try (var pty = new Pty();
                var link = open(pty.path(), LINE)) {
            var reader = reading(link, Duration.ofSeconds(15));
            pty.order("hang");
            assertThat(failure(reader)).isInstanceOf(IOException.class).hasMessageEndingWith("the line is gone");
            assertThatIOException().isThrownBy(() -> link.write(bytes("Q1\r")));
            assertThatIOException().isThrownBy(link::discard);
        }
    }

    @Test
    void endsAReadWhenItsThreadIsInterrupted() throws Exception {
        try (var pty = new Pty();
                var link = open(pty.path(), LINE)) {
            var started = new CompletableFuture<Thread>();
            var ended = new CompletableFuture<Throwable>();
            var thread = new Thread(() -> {
                started.complete(Thread.currentThread());
                ended.complete(catchThrowableOfType(
                        InterruptedIOException.class, () -> link.read(new byte[1], Duration.ofSeconds(15))));
            });
            thread.start();
            started.get(5, TimeUnit.SECONDS).interrupt();
            assertThat(ended.get(2, TimeUnit.SECONDS)).hasMessageEndingWith("interrupted");
        }
    }

    @Test
    void endsAReadWhenAnotherThreadClosesTheLink() throws Exception {
        try (var pty = new Pty()) {
            var link = open(pty.path(), LINE);
            var reader = reading(link, Duration.ofSeconds(15));
            link.close();
            assertThat(failure(reader)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void givesBackTheDescriptorAlsoAfterAHangUp() throws IOException {
        try (var warm = new Pty()) {
            open(warm.path(), LINE).close();
            for (int round = 0; round < 3; round++) {
                try (var pty = new Pty()) {
                    var link = open(pty.path(), LINE);
                    assertThat(descriptors(pty.path())).isEqualTo(1);
                    if (round > 0) pty.order("hang");
                    link.close();
                    link.close();
                    assertThat(descriptors(pty.path())).isZero();
                }
            }
        }
    }

    @Test
    void takesItsLinesWithItWhenItStops() throws Exception {
        try (var pty = new Pty()) {
            var link = open(pty.path(), LINE);
            var reader = reading(link, Duration.ofSeconds(15));
            links.stop();
            assertThat(failure(reader)).isInstanceOf(IOException.class);
            assertThat(descriptors(pty.path())).isZero();
            link.close();
        }
    }

    @Test
    void closesSoonWhileBytesWaitThatNobodyTakes() throws Exception {
        try (var pty = new Pty()) {
            var link = open(pty.path(), LINE);
            var writer = CompletableFuture.runAsync(() -> {
                try {
                    for (int i = 0; i < 64; i++) link.write(new byte[1024]);
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            assertThat(catchThrowableOfType(TimeoutException.class, () -> writer.get(300, TimeUnit.MILLISECONDS)))
                    .as("the line is full")
                    .isNotNull();
            CompletableFuture.runAsync(link::close).get(2, TimeUnit.SECONDS);
            assertThat(failure(writer)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void saysWhatIsWrongWithAPath(@TempDir Path folder) throws IOException {
        assertThatIOException()
                .isThrownBy(() -> open("/dev/ttyNOSUCH", LINE))
                .withMessage("/dev/ttyNOSUCH does not exist");
        Path file = Files.writeString(folder.resolve("file"), "no line");
        assertThatIOException().isThrownBy(() -> open(file.toString(), LINE)).withMessageContaining("no serial port");
    }

    private static CompletableFuture<Integer> reading(ByteLink link, Duration wait) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return link.read(new byte[1], wait);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    void saysThatAPseudoTerminalHasNoModemLines() throws IOException {
        try (var pty = new Pty();
                var link = open(pty.path(), LINE)) {
            assertThatIOException()
                    .isThrownBy(() -> link.dtr(true))
                    .withMessageEndingWith("has no line DTR that can be set");
            assertThatIOException()
                    .isThrownBy(() -> link.rts(false))
                    .withMessageEndingWith("has no line RTS that can be set");
            assertThat(link.cts() || link.dsr() || link.dcd() || link.ring()).isFalse();
        }
    }

    @Test
    void changesTheSpeedOfAnOpenLine() throws IOException {
        try (var pty = new Pty();
                var link = open(pty.path(), LINE)) {
            link.write(bytes("Q1\r"));
            link.speed(9600);
            assertThat(pty.order("speed")).isEqualTo("9600");
            assertThat(pty.receive(3)).isEqualTo("Q1\r");
            pty.send("(230.0\r");
            assertThat(text(link.readUntil('\r', 80, SECOND))).isEqualTo("(230.0\r");
        }
    }

    @Test
    void drainsAndBreaksAndStaysUsable() throws IOException {
        try (var pty = new Pty();
                var link = open(pty.path(), LINE)) {
            link.write(bytes("Q1\r"));
            assertThat(link.drain(SECOND)).isTrue();
            long began = System.nanoTime();
            link.sendBreak(Duration.ofMillis(50));
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(Duration.ofMillis(50));
            assertThat(pty.receive(3)).isEqualTo("Q1\r");
        }
    }

    @Test
    void losesTheModemLinesWithTheLine() throws IOException {
        try (var pty = new Pty();
                var link = open(pty.path(), LINE)) {
            pty.order("hang");
            assertThatIOException().isThrownBy(link::cts).withMessageEndingWith("the line is gone");
            assertThatIOException().isThrownBy(() -> link.drain(SECOND));
        }
    }

    @Test
    void saysWhenALineThatWasMissingIsPluggedIn(@TempDir Path folder) throws Exception {
        Path name = folder.resolve("ups");
        var request = TestRequest.of(SerialLink.class, name.toString(), LINE);
        assertThatIOException().isThrownBy(() -> request.open(links)).withMessageEndingWith("ups does not exist");
        try (var pty = new Pty()) {
            Files.createSymbolicLink(name, Path.of(pty.path()));
            var never = new CompletableFuture<Void>();
            for (int i = 0; i < 50 && request.retries() == 0; i++)
                assertThat(catchThrowable(() -> never.get(100, TimeUnit.MILLISECONDS)))
                        .isNotNull();
            assertThat(request.retries()).isEqualTo(1);
            request.open(links).close();
        }
    }

    @Test
    void leavesALineToTheSectionThatHasIt() throws IOException {
        try (var pty = new Pty()) {
            String device = "serial:" + pty.path();
            assertThatIOException()
                    .isThrownBy(() -> TestRequest.of(SerialLink.class, pty.path(), LINE)
                            .without(device)
                            .open(links))
                    .withMessage(pty.path() + " is in use by another section of ups.conf");
            TestRequest.of(SerialLink.class, pty.path(), LINE)
                    .without(device)
                    .sharing()
                    .open(links)
                    .close();
        }
    }

    private SerialLink open(String port, SerialParameters parameters) throws IOException {
        return TestRequest.of(SerialLink.class, port, parameters).open(links);
    }

    private static Throwable failure(CompletableFuture<?> future) {
        var failed = catchThrowableOfType(ExecutionException.class, () -> future.get(5, TimeUnit.SECONDS));
        assertThat(failed).as("ended with a failure").isNotNull();
        Throwable cause = failed.getCause();
        return cause instanceof IllegalStateException && cause.getCause() != null ? cause.getCause() : cause;
    }

    private static long descriptors(String path) throws IOException {
        try (Stream<Path> open = Files.list(new File("/proc/self/fd").toPath())) {
            return open.filter(one -> target(one).startsWith(path)).count();
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return "";
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
