package org.cobnut.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cobnut.testkit.Distribution;
import org.cobnut.testkit.Line;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** bin/cobnut run as a service manager and an administrator meet it, on this Java and on the newest there is. */
class RunIT {
    private static final Pattern VERSION = Pattern.compile("JAVA_VERSION=\"(\\d+)");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @MethodSource("javas")
    void servesUntilItIsToldToStop(Path java) throws Exception {
        int port = Distribution.freePort();
        var temporary = Files.createDirectory(directory.resolve("tmp"));
        var cobnut = demo(port, java, Map.of("JDK_JAVA_OPTIONS", "-Djava.io.tmpdir=" + temporary));
        try (var run = cobnut.start("cobnut", "run")) {
            run.awaitLine(line -> line.contains("listening on 127.0.0.1 port " + port));
            assertThat(cobnut.pidFile()).hasContent(run.process().pid() + "\n");
            assertThat(upsc(cobnut, "demo@127.0.0.1:" + port)).contains("ups.status: OL", "device.model: Test");

            run.process().destroy();
            assertThat(run.awaitEnd())
                    .as("a stop is no news of devices, and no reason for a stack trace")
                    .noneMatch(line -> line.contains("has gone") || line.startsWith("\tat "));
            assertThat(run.process().exitValue()).isZero();
        }
        assertThat(cobnut.pidFile()).doesNotExist();
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void aSecondInstanceLeavesTheFirstAlone() throws Exception {
        int port = Distribution.freePort();
        var cobnut = demo(port);
        try (var first = cobnut.start("cobnut", "run")) {
            first.awaitLine(line -> line.contains("listening on"));
            try (var second = cobnut.start("cobnut", "run")) {
                assertThat(second.awaitEnd())
                        .singleElement()
                        .asString()
                        .endsWith(" ERROR cobnut: already running as process %d (%s)"
                                .formatted(first.process().pid(), cobnut.pidFile()));
                assertThat(second.process().exitValue()).isEqualTo(1);
            }
            try (var client = new Line(port)) {
                assertThat(client.ask("NETVER")).isEqualTo("1.3");
            }
            assertThat(cobnut.pidFile()).hasContent(first.process().pid() + "\n");
        }
    }

    @Test
    void aPidFileOfAProcessThatIsGoneIsTakenOver() throws Exception {
        int port = Distribution.freePort();
        var cobnut = demo(port);
        var gone = new ProcessBuilder("true").start();
        assertThat(gone.waitFor(10, TimeUnit.SECONDS)).isTrue();
        Files.createDirectories(cobnut.state());
        Files.writeString(cobnut.pidFile(), gone.pid() + "\n");
        try (var run = cobnut.start("cobnut", "run")) {
            run.awaitLine(line -> line.contains("listening on"));
            assertThat(cobnut.pidFile()).hasContent(run.process().pid() + "\n");
        }
    }

    @Test
    void aPortInUseIsOneLineAndExitOne() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var cobnut = demo(taken.getLocalPort());
            try (var run = cobnut.start("cobnut", "run")) {
                assertThat(run.awaitEnd())
                        .filteredOn(line -> !line.contains(" INFO "))
                        .singleElement()
                        .asString()
                        .endsWith("Fatal error: cannot listen on 127.0.0.1 port %d: Address already in use"
                                .formatted(taken.getLocalPort()));
                assertThat(run.process().exitValue()).isEqualTo(1);
            }
            assertThat(cobnut.pidFile()).doesNotExist();
        }
    }

    @Test
    void aBrokenFileIsNamedWithTheLine() throws Exception {
        int port = Distribution.freePort();
        var cobnut = demo(port).file("ups.conf", """
                [demo]
                    driver = dummy-ups
                    desc = "a hash # where it must not be"
                    port = demo.dev
                """);
        try (var run = cobnut.start("cobnut", "run")) {
            run.awaitLine(line -> line.contains("ups.conf:3: "));
        }
    }

    @Test
    void modeNoneStartsNothing() throws Exception {
        assertRefused(demo(Distribution.freePort()).file("nut.conf", "MODE=none\n"), "MODE=none");
    }

    @Test
    void aStatePathThatIsNoDirectoryIsRefused() throws Exception {
        var cobnut = demo(Distribution.freePort());
        Files.writeString(cobnut.state(), "");
        assertRefused(cobnut, "state directory " + cobnut.state());
    }

    @Test
    void aConfPathThatIsNotThereIsRefused() throws Exception {
        var cobnut = demo(Distribution.freePort());
        try (var files = Files.list(cobnut.conf())) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(cobnut.conf());
        assertRefused(cobnut, "configuration directory " + cobnut.conf() + " does not exist");
    }

    private static void assertRefused(Distribution cobnut, String why) throws Exception {
        try (var run = cobnut.start("cobnut", "run")) {
            assertThat(run.awaitEnd())
                    .singleElement()
                    .asString()
                    .contains(" ERROR cobnut: ")
                    .contains(why);
            assertThat(run.process().exitValue()).isEqualTo(1);
        }
    }

    /** What upsc says of the device as soon as it has data. */
    private static List<String> upsc(Distribution cobnut, String device) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (true) {
            try (var upsc = cobnut.start("upsc", device)) {
                var said = upsc.awaitEnd();
                if (upsc.process().exitValue() == 0) {
                    return said;
                }
                assertThat(System.nanoTime()).as("upsc: %s", said).isLessThan(deadline);
            }
        }
    }

    private Distribution demo(int port) throws IOException {
        return demo(port, Path.of(System.getProperty("java.home")), Map.of());
    }

    private Distribution demo(int port, Path java, Map<String, String> more) throws IOException {
        var environment = new HashMap<>(more);
        environment.put("JAVA_HOME", java.toString());
        return new Distribution(directory, environment)
                .file("upsd.conf", "LISTEN 127.0.0.1 " + port + "\n")
                .file("upsd.users", "")
                .file("demo.dev", "ups.status: OL\ndevice.model: Test\n")
                .file("ups.conf", """
                        [demo]
                            driver = dummy-ups
                            port = demo.dev
                        """);
    }

    /** Java homes: this one, and the newest other one that this machine has, if any. */
    static Stream<Path> javas() throws IOException {
        var own = Path.of(System.getProperty("java.home"));
        var installed = Path.of("/usr/lib/jvm");
        if (!Files.isDirectory(installed)) {
            return Stream.of(own);
        }
        try (var homes = Files.list(installed)) {
            var newest = homes.filter(home -> feature(home) > Runtime.version().feature())
                    .max(Comparator.comparingInt(RunIT::feature));
            return Stream.concat(Stream.of(own), newest.stream());
        }
    }

    private static int feature(Path home) {
        try {
            var version = VERSION.matcher(Files.readString(home.resolve("release")));
            return version.find() ? Integer.parseInt(version.group(1)) : 0;
        } catch (IOException e) {
            return 0; // not a Java home
        }
    }
}
