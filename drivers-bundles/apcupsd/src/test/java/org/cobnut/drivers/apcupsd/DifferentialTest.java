package org.cobnut.drivers.apcupsd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.cobnut.testkit.TestReport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same answers read by Debian's apcupsd-ups 2.8.0 and by us. */
@Timeout(60)
class DifferentialTest {
    private static final Path PROGRAM = Path.of("/lib/nut/apcupsd-ups");

    /** Recordings of others; they are there on some machines only. */
    private static final Path RECORDINGS = Path.of("../../../shared/data/apcupsd");

    @TempDir
    Path folder;

    static Stream<String> answers() throws IOException {
        Stream<String> own = Stream.of(Nis.SMART, Nis.SMART.replace("TRIM ONLINE", "ONBATT LOWBATT"));
        if (!Files.isDirectory(RECORDINGS)) return own;
        try (Stream<Path> files = Files.list(RECORDINGS)) {
            var recorded = Stream.<String>builder();
            for (Path file :
                    files.filter(file -> !file.toString().contains("comm-lost")).toList())
                recorded.add(Files.readString(file));
            return Stream.concat(own, recorded.build());
        }
    }

    @ParameterizedTest
    @MethodSource("answers")
    void saysWhatTheCDriverSays(String status) throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(PROGRAM), "Debian's NUT is not installed");
        TestReport report = new TestReport().poll(Nis.of(status).session());
        var ours = new TreeMap<>(report.values());
        ours.put("ups.status", String.join(" ", report.status()));

        Map<String, String> theirs = theirs(Nis.bytes(Nis.records(status)));
        assertThat(Set.of(theirs.get("ups.status").split(" ")))
                .isEqualTo(Set.of(ours.get("ups.status").split(" ")));
        theirs.remove("ups.status");
        ours.remove("ups.status");
        assertThat(ours).isEqualTo(theirs);
    }

    private Map<String, String> theirs(byte[] answer) throws Exception {
        try (var server = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
            var serving = new Thread(() -> serve(server, answer));
            serving.setDaemon(true);
            serving.start();
            Files.writeString(folder.resolve("ups.conf"), """
                    maxretry = 1
                    [u]
                      driver = apcupsd-ups
                      port = 127.0.0.1:%d
                    """.formatted(server.getLocalPort()));
            var builder = new ProcessBuilder(
                            PROGRAM.toString(), "-a", "u", "-u", System.getProperty("user.name"), "-d", "1")
                    .redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment().put("NUT_CONFPATH", folder.toString());
            builder.environment().put("NUT_STATEPATH", folder.toString());
            Process process = builder.start();
            try {
                assertThat(process.waitFor(40, TimeUnit.SECONDS)).as("it ended").isTrue();
                return values(new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1));
            } finally {
                process.destroyForcibly();
            }
        }
    }

    private static Map<String, String> values(String said) {
        var values = new TreeMap<String, String>();
        said.lines()
                .filter(line -> line.matches("[a-z]+\\.\\S+: .*"))
                .map(line -> line.split(": ", 2))
                .filter(parts -> !parts[0].matches("(driver|device)\\..*"))
                .forEach(parts -> values.put(parts[0], parts[1]));
        return values;
    }

    private static void serve(ServerSocket server, byte[] answer) {
        while (!server.isClosed()) {
            try (Socket socket = server.accept();
                    InputStream in = socket.getInputStream()) {
                while (in.readNBytes(8).length == 8) socket.getOutputStream().write(answer);
            } catch (IOException ended) {
                // The client has gone, or the test is over.
            }
        }
    }
}
