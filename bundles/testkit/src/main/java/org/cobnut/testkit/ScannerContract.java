package org.cobnut.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.cobnut.scan.FoundDevice;
import org.cobnut.scan.ScanReport;
import org.cobnut.scan.ScanRequest;
import org.cobnut.scan.Scanner;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every scanner keeps to. A scanner's test extends it, and says how to make one, what it finds, and where it hears
 * nothing.
 */
@Timeout(30)
public abstract class ScannerContract {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final Duration SOON = Duration.ofSeconds(3);

    /** What a scan told. */
    public record Told(List<FoundDevice> devices, List<String> problems) {}

    /** The scanner under test; a new one each time. */
    protected abstract Scanner scanner();

    /** What brings at least one device. */
    protected abstract ScanRequest request() throws IOException;

    /** What asks places that stay silent, where it would wait for longer than a second; empty for one that never waits. */
    protected abstract Optional<ScanRequest> silence() throws IOException;

    private ScanRequest awaited() throws IOException {
        Optional<ScanRequest> silence = silence();
        Assumptions.assumeTrue(silence.isPresent(), "it never waits");
        return silence.orElseThrow();
    }

    /** Scans, and returns what was told. */
    protected static Told scan(Scanner scanner, ScanRequest request) throws InterruptedException {
        List<FoundDevice> devices = Collections.synchronizedList(new ArrayList<>());
        List<String> problems = Collections.synchronizedList(new ArrayList<>());
        scanner.scan(request, new ScanReport() {
            @Override
            public void found(FoundDevice device) {
                devices.add(device);
            }

            @Override
            public void problem(String text) {
                problems.add(text);
            }
        });
        return new Told(List.copyOf(devices), List.copyOf(problems));
    }

    @Test
    void saysWhatItFinds() {
        assertThat(scanner().kind()).matches("[a-z][a-z0-9]*");
        assertThat(scanner().description()).isNotBlank().doesNotContain("\n");
    }

    @Test
    void findsDevicesThatASectionCanName() throws Exception {
        Scanner scanner = scanner();
        List<FoundDevice> devices = scan(scanner, request()).devices();
        assertThat(devices).isNotEmpty().allSatisfy(device -> {
            assertThat(device.kind()).isEqualTo(scanner.kind());
            assertThat(device.port()).isNotBlank();
            assertThat(device.driver().orElse("unasked")).matches("[a-z0-9_-]+");
        });
    }

    @Test
    void doesWithoutAnyRequest() throws Exception {
        scan(scanner(), ScanRequest.all());
    }

    @Test
    void findsTheSameInTwoScansAtTheSameTime() throws Exception {
        Scanner scanner = scanner();
        ScanRequest request = request();
        CompletableFuture<List<String>> other = CompletableFuture.supplyAsync(() -> ports(scanner, request));
        assertThat(ports(scanner, request)).isEqualTo(other.get(20, TimeUnit.SECONDS));
    }

    @Test
    void endsAtItsLimit() throws Exception {
        long begin = System.nanoTime();
        scan(scanner(), awaited().withLimit(Duration.ofSeconds(1)));
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(SOON);
    }

    @Test
    void endsWhenItsThreadIsInterrupted() throws Exception {
        var ended = new CompletableFuture<String>();
        ScanRequest silence = awaited();
        Scanner scanner = scanner();
        var thread = new Thread(() -> {
            try {
                scan(scanner, silence);
                ended.complete("returned");
            } catch (InterruptedException e) {
                ended.complete("interrupted");
            }
        });
        thread.start();
        // Interrupted before or within the scan, it ends: a scan of silence does not end by itself so soon.
        thread.interrupt();
        assertThat(ended.get(SOON.toMillis(), TimeUnit.MILLISECONDS)).isEqualTo("interrupted");
    }

    /** What is opened once and for all, such as a jar of Java's, is not open once more after a second scan. */
    @Test
    void leavesNothingOpen() throws Exception {
        Assumptions.assumeTrue(Files.isDirectory(DESCRIPTORS));
        Scanner scanner = scanner();
        scan(scanner, request());
        boolean more = opensMore(scanner);
        if (more) more = opensMore(scanner);
        assertThat(more).isFalse();
    }

    private boolean opensMore(Scanner scanner) throws Exception {
        int before = descriptors().size();
        scan(scanner, request());
        if (silence().isPresent()) scan(scanner, awaited().withLimit(Duration.ofSeconds(1)));
        // A peer in this process hears of the end of its connection a little later.
        long end = System.nanoTime() + SOON.toNanos();
        while (descriptors().size() > before && System.nanoTime() < end) LockSupport.parkNanos(10_000_000);
        return descriptors().size() > before;
    }

    private static List<String> ports(Scanner scanner, ScanRequest request) {
        try {
            return scan(scanner, request).devices().stream()
                    .map(FoundDevice::toString)
                    .sorted()
                    .toList();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of("interrupted");
        }
    }

    private static List<String> descriptors() throws IOException {
        try (Stream<Path> all = Files.list(DESCRIPTORS)) {
            return all.map(Path::toString).toList();
        }
    }
}
