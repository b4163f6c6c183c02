package org.cobnut.drivers.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Due;
import org.cobnut.testkit.TestDevice;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Debian's clone and clone-outlet 2.8.0 over its dummy-ups, and ours over the same values. */
@Timeout(90)
class DifferentialTest {
    private static final Path PROGRAMS = Path.of("/lib/nut");
    private static final Pattern INFO = Pattern.compile("SETINFO (\\S+) \"(.*)\"");

    @TempDir
    Path folder;

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void end() throws InterruptedException {
        for (Process process : processes) {
            process.destroyForcibly();
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            clone,        OL,      90, 3000, on,  -1, ''
            clone,        OL CHRG, 20, 100,  on,  -1, 'mincharge = 30;minruntime = 200'
            clone,        OB,      90, 3000, on,  -1, 'mincharge = 30.5;minruntime = 200;offdelay = 300;ondelay = 7'
            clone,        OB LB,   20, 3000, on,  -1, 'mincharge = 30;offdelay = 300;load.status = outlet.1.status'
            clone,        OB,      90, 150,  on,  -1, 'minruntime = 200;offdelay = 300;load.off = load.off;load.status = outlet.1.status'
            clone-outlet, OL,      90, 3000, on,  -1, 'prefix = outlet.1'
            clone-outlet, OL CHRG, 90, 3000, off, -1, 'prefix = outlet.1'
            clone-outlet, OB,      90, 3000, on,  0,  'prefix = outlet.1'
            clone-outlet, OB,      90, 3000, on,  20, 'prefix = outlet.1'
            clone-outlet, OB,      90, 3000, on,  21, 'prefix = outlet.1'
            """)
    void showTheSame(
            String name, String status, String charge, String runtime, String outlet, String timer, String options)
            throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(PROGRAMS.resolve(name)), "Debian's NUT is not installed");
        String[] lines = options.isEmpty() ? new String[0] : options.split(";");
        Files.writeString(folder.resolve("real.dev"), """
                ups.status: %s
                ups.mfr: Acme
                battery.charge: %s
                battery.runtime: %s
                battery.charge.low: 5
                ups.delay.shutdown: 9
                outlet.1.status: %s
                outlet.1.timer.shutdown: %s
                outlet.1.delay.shutdown: 20
                """.formatted(status, charge, runtime, outlet, timer));
        Files.writeString(
                folder.resolve("ups.conf"),
                "maxretry = 1\npollinterval = 1\n"
                        + """
                [real]
                driver = dummy-ups
                port = %s
                [copy]
                driver = %s
                port = dummy-ups-real
                %s
                """.formatted(folder.resolve("real.dev"), name, String.join("\n", lines)));
        start("dummy-ups", "real");
        Map<String, String> real = awaitDump("dummy-ups-real", name, lines, false);
        start(name, "copy");
        boolean shutdown = ours(name, real, lines).get("ups.status").startsWith("FSD");
        assertThat(awaitDump(name + "-copy", name, lines, shutdown)).isEqualTo(ours(name, real, lines));
    }

    private void start(String program, String ups) throws IOException {
        var builder = new ProcessBuilder(
                        PROGRAMS.resolve(program).toString(), "-a", ups, "-u", System.getProperty("user.name"), "-F")
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()));
        for (String variable : List.of("NUT_CONFPATH", "NUT_STATEPATH", "NUT_ALTPIDPATH", "NUT_PIDPATH"))
            builder.environment().put(variable, folder.toString());
        processes.add(builder.start());
    }

    /** What the C driver tells when it has read everything, and has begun to count if it is to. */
    private Map<String, String> awaitDump(String socket, String name, String[] lines, boolean shutdown)
            throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(40);
        while (true) {
            Map<String, String> dump = dump(folder.resolve(socket));
            String status = dump.getOrDefault("ups.status", "WAIT");
            if (!status.contains("WAIT") && (!shutdown || status.startsWith("FSD"))) return dump;
            assertThat(System.nanoTime())
                    .as("%s %s: %s\n%s", name, List.of(lines), dump, Files.readString(folder.resolve("log")))
                    .isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    private static Map<String, String> dump(Path path) {
        var values = new TreeMap<String, String>();
        try (var socket = SocketChannel.open(UnixDomainSocketAddress.of(path));
                var in = new BufferedReader(
                        new InputStreamReader(Channels.newInputStream(socket), StandardCharsets.ISO_8859_1))) {
            Channels.newOutputStream(socket).write("DUMPALL\n".getBytes(StandardCharsets.US_ASCII));
            for (String line = in.readLine(); line != null && !line.equals("DUMPDONE"); line = in.readLine()) {
                Matcher info = INFO.matcher(line);
                if (info.matches()) values.put(info.group(1), info.group(2));
                if (line.startsWith("ADDCMD ")) values.put("command " + line.substring(7), "");
            }
        } catch (IOException notYet) {
            return Map.of();
        }
        return comparable(values);
    }

    private static Map<String, String> ours(String name, Map<String, String> real, String... lines) throws IOException {
        Driver driver = name.equals("clone") ? new Clone() : new CloneOutlet();
        Play play = new Play();
        play.links.with(
                "dummy-ups-real",
                TestDevice.of(real.entrySet().stream()
                        .filter(entry -> !entry.getKey().startsWith("command "))
                        .map(entry -> entry.getKey() + ": " + entry.getValue())
                        .toArray(String[]::new)));
        var session = driver.open(Play.settings(driver, "dummy-ups-real", lines), play.links);
        session.poll(play.report, Due.FULL);
        var values = new TreeMap<String, String>();
        play.report.variables().forEach((key, variable) -> values.put(key, variable.value()));
        values.put("ups.status", play.status());
        play.report.commands().forEach(command -> values.put("command " + command, ""));
        return comparable(values);
    }

    /** Without what concerns the driver itself and what the core adds; a timer that counts is as good as any. */
    private static Map<String, String> comparable(Map<String, String> values) {
        var kept = new TreeMap<>(values);
        kept.keySet().removeIf(key -> Stream.of("driver.", "device.", "command driver.")
                .anyMatch(key::startsWith));
        kept.computeIfPresent("ups.timer.shutdown", (key, value) -> value.equals("-1") ? value : "counts");
        return kept;
    }
}
