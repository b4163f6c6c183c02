package org.cobnut.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.cobnut.container.Both.Maker;
import org.cobnut.testkit.Distribution;
import org.cobnut.testkit.Line;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a upsd runs, how much it says and on which kind of address: its options -F, -FF, -B, -D, -q, -4 and -6, beside Debian's. */
class GroundIT {
    private static final String USER = System.getProperty("user.name");

    @TempDir
    private Path directory;

    private Both nut;
    private int port;

    @BeforeEach
    void files() throws IOException {
        port = Distribution.freePort();
        nut = new Both(directory)
                .file("nut.conf", "MODE=netserver\n")
                .file("upsd.conf", "LISTEN 127.0.0.1 " + port + "\n")
                .file("upsd.users", "")
                .file("ups.conf", "[demo]\ndriver = dummy-ups\nport = demo.dev\n");
    }

    @AfterEach
    void end() throws Exception {
        nut.close();
    }

    @ParameterizedTest(name = "upsd {0}")
    @CsvSource({"-F, false", "-FF, true", "-D, false", "-B -F, false"})
    void staysAtTheTerminal(String words, boolean file) throws Exception {
        for (var maker : Maker.values()) {
            var upsd = start(maker, words.split(" "));
            assertThat(upsd.isAlive()).as("%s: %s", maker, said()).isTrue();
            assertThat(Files.exists(nut.state().resolve("upsd.pid")))
                    .as("%s has a PID file", maker)
                    .isEqualTo(file);
            upsd.destroy();
            assertThat(upsd.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(upsd.exitValue()).as(maker.toString()).isZero();
            assertThat(nut.state()).as(maker.toString()).isEmptyDirectory();
        }
    }

    @Test
    void goesToTheBackgroundEvenWithDebugLines() throws Exception {
        for (var maker : Maker.values()) {
            var result = nut.run(maker, "upsd", words(maker, "-D", "-B"));
            assertThat(result.status()).as("%s: %s", maker, result).isZero();
            awaitServed();
            Both.end(nut.daemon("upsd"));
        }
    }

    @Test
    void saysLessWithQ() throws Exception {
        for (var maker : Maker.values()) {
            for (var quiet : new boolean[] {false, true}) {
                var upsd = quiet ? start(maker, "-q", "-F") : start(maker, "-F");
                upsd.destroy();
                assertThat(upsd.waitFor(30, TimeUnit.SECONDS)).isTrue();
                if (maker == Maker.COBNUT)
                    assertThat(said().contains("listening on")).isEqualTo(!quiet);
                assertThat(said()).as(maker.toString()).doesNotContain("Error");
            }
        }
    }

    /** Debian's, which is older, does not know the {@code *}. */
    @ParameterizedTest(name = "upsd {0}")
    @CsvSource({"-4, 127.0.0.1, ::1", "-6, ::1, 127.0.0.1"})
    void listensOnOneKindOfAddress(String option, String there, String absent) throws Exception {
        Assumptions.assumeTrue(Files.exists(Path.of("/proc/net/if_inet6")), "there is no IPv6 here");
        nut.file("upsd.conf", "LISTEN * " + port + "\n");
        var upsd = process(Maker.COBNUT, option, "-F");
        try {
            await(there);
            assertThat(reached(absent)).isFalse();
        } finally {
            Both.end(upsd.toHandle());
        }
    }

    /** An address of the other kind is one that cannot be listened on. */
    @ParameterizedTest
    @CsvSource({"-4, ::1", "-6, 127.0.0.1"})
    void refusesAnAddressOfTheOtherKind(String option, String address) throws Exception {
        nut.file("upsd.conf", "LISTEN " + address + ' ' + port + "\n");
        for (var maker : Maker.values()) {
            var result = nut.run(maker, "upsd", words(maker, option));
            assertThat(result.status()).as("%s: %s", maker, result).isEqualTo(1);
        }
    }

    private Process start(Maker maker, String... options) throws IOException {
        var upsd = process(maker, options);
        awaitServed();
        return upsd;
    }

    private Process process(Maker maker, String... options) throws IOException {
        return nut.builder(maker, "upsd", words(maker, options))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
    }

    private static String[] words(Maker maker, String... options) {
        var all = new ArrayList<>(List.of(options));
        if (maker == Maker.DEBIAN) all.addAll(List.of("-u", USER));
        return all.toArray(String[]::new);
    }

    private void awaitServed() throws IOException {
        await("127.0.0.1");
        try (var client = new Line(port)) {
            assertThat(client.list("LIST UPS")).hasSize(1);
        }
    }

    private void await(String address) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!reached(address)) {
            assertThat(System.nanoTime())
                    .as("waiting for %s: %s", address, said())
                    .isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    private boolean reached(String address) {
        try (var socket = new Socket(InetAddress.getByName(address), port)) {
            return socket.isConnected();
        } catch (IOException notThere) {
            return false;
        }
    }

    private String said() throws IOException {
        var log = directory.resolve("log");
        return Files.exists(log) ? Files.readString(log) : "";
    }
}
