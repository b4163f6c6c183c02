package org.cobnut.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.cobnut.testkit.Distribution;
import org.cobnut.testkit.Line;
import org.cobnut.testkit.Started;

/** The shipped distribution, running over files and drivers of the test's own. */
final class House implements AutoCloseable {
    private final Distribution distribution;
    private final int port;
    private Started run;

    /** Not started yet; the jars of the shipped drivers directory are there. */
    House(Path directory) throws IOException {
        this(directory, Map.of());
    }

    /** The same, with more in its environment. */
    House(Path directory, Map<String, String> more) throws IOException {
        var environment = new HashMap<>(more);
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        distribution = Distribution.planted(directory, environment);
        port = Distribution.freePort();
        distribution
                .file("upsd.conf", listen())
                .file("upsd.users", """
                        [admin]
                            password = secret
                            actions = SET FSD
                            instcmds = ALL
                            upsmon primary
                        """)
                .file("demo.dev", "ups.status: OL\nups.mfr: Demo\n");
    }

    /** The line of upsd.conf that the house begins with. */
    String listen() {
        return "LISTEN 127.0.0.1 " + port + "\n";
    }

    /** Starts it with these sections of ups.conf, and these options of {@code cobnut run}. */
    House start(String sections, String... options) throws Exception {
        distribution.file("ups.conf", "pollinterval = 1\n" + sections);
        return run(options);
    }

    /** Starts it with the files that are there. */
    House run(String... options) throws Exception {
        var words = new ArrayList<>(List.of("run"));
        words.addAll(List.of(options));
        run = distribution.start("cobnut", words.toArray(String[]::new));
        run.awaitLine(line -> line.contains("listening on"));
        return this;
    }

    /** Ends it as an operator does; {@link #run} starts it anew over the same files and state. */
    void stop() throws InterruptedException {
        run.process().destroy();
        run.awaitEnd();
    }

    int port() {
        return port;
    }

    long pid() {
        return run.process().pid();
    }

    /** A file of the state path. */
    Path state(String name) {
        return distribution.state().resolve(name);
    }

    Path drivers() {
        return distribution.drivers();
    }

    Path driver(String name) {
        return drivers().resolve(name);
    }

    Path file(String name) {
        return distribution.conf().resolve(name);
    }

    void write(String name, String text) throws IOException {
        distribution.file(name, text);
    }

    /** Changes a passage of a file, which must be there. */
    void edit(String name, String old, String now) throws IOException {
        String text = Files.readString(file(name));
        assertThat(text).contains(old);
        write(name, text.replace(old, now));
    }

    Line line() throws IOException {
        return new Line(port);
    }

    Pollers pollers(int clients, String request) throws IOException {
        return new Pollers(port, clients, request);
    }

    /** Runs a program of bin to its end, and gives what it said. */
    List<String> program(String name, String... arguments) throws Exception {
        try (var program = distribution.start(name, arguments)) {
            return program.awaitEnd();
        }
    }

    /** Waits until the log has such a line. */
    /** Waits for a line with one of these in it. */
    String says(String... parts) throws InterruptedException {
        return run.awaitLine(line -> Stream.of(parts).anyMatch(line::contains));
    }

    List<String> log() {
        return run.said();
    }

    List<String> log(String part) {
        return log().stream().filter(line -> line.contains(part)).toList();
    }

    /** Asks until the answer is as wanted, and gives it. */
    String await(String request, Predicate<String> wanted) throws IOException {
        try (var line = line()) {
            return await(line, request, wanted);
        }
    }

    String await(Line line, String request, Predicate<String> wanted) throws IOException {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (true) {
            String answer = line.ask(request);
            if (answer != null && wanted.test(answer)) return answer;
            assertThat(System.nanoTime())
                    .as("%s: %s\n%s", request, answer, String.join("\n", log()))
                    .isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    /** The value of a variable as soon as there is one. */
    String value(String ups, String variable) throws IOException {
        String answer = await("GET VAR " + ups + " " + variable, a -> a.startsWith("VAR "));
        return answer.substring(answer.indexOf('"') + 1, answer.length() - 1);
    }

    /** Lets time pass, in which something must not happen. */
    static void pass(Duration time) {
        LockSupport.parkNanos(time.toNanos());
    }

    @Override
    public void close() throws IOException {
        if (run != null) run.close();
        distribution.uproot();
    }
}
