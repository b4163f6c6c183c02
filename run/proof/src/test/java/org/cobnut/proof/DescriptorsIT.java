package org.cobnut.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The distribution with few file descriptors: connections that say nothing never take the place of a monitor. */
class DescriptorsIT {
    private static final List<String> ATTACKERS = List.of("127.0.0.2", "127.0.0.3", "127.0.0.4");
    private static final String QUESTION = "GET VAR box ups.status";
    private static final String ANSWER = "VAR box ups.status \"OL\"\n";

    @Test
    void silentConnectionsLockNobodyOut() throws Exception {
        try (var few = house();
                var running = new Running(few, "ulimit -n 1024; ")) {
            try (var flood = new Flood(few.port, 2000, ATTACKERS, "", false)) {
                for (int i = 0; i < 50; i++) assertAnswered(few);
                House.waitFor(() -> flood.closedByServer() > 0, few::said);
            }
            assertThat(running.pid()).isPositive();
            assertThat(few.said()).doesNotContain("Too many open files").contains("turned away");
        }
    }

    /** Something else in the process takes what there is, so that the system itself refuses the next descriptor. */
    @Test
    void aServerWithoutDescriptorsMakesRoomAndSaysSoOnce() throws Exception {
        try (var few = house();
                var running = new Running(few, "")) {
            running.limit(running.descriptors() + 10);
            try (var flood = new Flood(few.port, 100, List.of("127.0.0.2"), "", false)) {
                House.waitFor(() -> few.said().contains("Cannot accept a connection"), few::said);
                Duration before = running.processorTime();
                long begin = System.nanoTime();
                for (int i = 0; i < 20; i++) {
                    assertAnswered(few);
                    House.pass(100);
                }
                assertThat(running.processorTime().minus(before))
                        .as("processor time while it has no room: a loop that waits for nothing takes all of a core")
                        .isLessThan(Duration.ofNanos(System.nanoTime() - begin));
                flood.assertRunning();
            }
            running.limit(4096);
            List<Connection> many = new ArrayList<>();
            try {
                for (int i = 0; i < 100; i++) {
                    many.add(new Connection("127.0.0.5", few.port));
                    assertThat(many.get(i).ask(QUESTION)).isEqualTo(ANSWER);
                }
            } finally {
                for (Connection each : many) each.close();
            }
            assertThat(few.said().lines().filter(line -> line.contains("Cannot accept a connection")))
                    .singleElement()
                    .asString()
                    .contains("Too many open files")
                    .contains("Raise the limit of open files");
        }
    }

    @Test
    void withTooFewTheStartSaysSoAndEnds() throws IOException {
        try (var few = house()) {
            House.Ran ran = few.run("sh", "-c", "ulimit -n 64; exec \"$0\" run", CobnutServer.program("cobnut"));
            assertThat(ran.exit()).isEqualTo(1);
            assertThat(ran.errors().strip().lines())
                    .singleElement()
                    .asString()
                    .endsWith(
                            " ERROR cobnut: 64 open files are too few, 80 are the least: raise the limit (ulimit -n, LimitNOFILE in a unit)");
        }
    }

    private static House house() throws IOException {
        assumeThat(CobnutServer.built()).isTrue();
        var few = new House(Path.of("src/test/resources/access"), Map.of());
        few.write("upsd.conf", "LISTEN 127.0.0.1 @PORT@\n", Map.of());
        return few;
    }

    /** A connection that comes now is answered; the test's client gives up after some seconds. */
    private static void assertAnswered(House few) throws IOException {
        try (var fresh = new Connection(few.port)) {
            assertThat(fresh.ask(QUESTION)).as(few::said).isEqualTo(ANSWER);
        }
    }

    /** A server that serves, and what the system says of its process. */
    private record Running(House house, Process process) implements AutoCloseable {
        Running(House house, String before) throws IOException {
            this(house, house.start("sh", "-c", before + "exec \"$0\" run", CobnutServer.program("cobnut")));
            house.await(QUESTION, ANSWER::equals);
            // The other drivers come after that, and each takes descriptors of its own while it comes.
            long jars = CobnutServer.jars();
            House.waitFor(
                    () -> house.said()
                                    .lines()
                                    .filter(line -> line.endsWith(" runs"))
                                    .count()
                            >= jars,
                    house::said);
        }

        long pid() {
            return process.pid();
        }

        int descriptors() throws IOException {
            try (Stream<Path> open = Files.list(Path.of("/proc/" + pid() + "/fd"))) {
                return (int) open.count();
            }
        }

        void limit(int descriptors) throws IOException {
            House.Ran ran = house.run("prlimit", "--pid", String.valueOf(pid()), "--nofile=" + descriptors + ":");
            assertThat(ran.exit()).as(ran.errors()).isZero();
        }

        Duration processorTime() {
            return process.info().totalCpuDuration().orElseThrow();
        }

        @Override
        public void close() {
            process.destroy();
            House.end(process);
        }
    }
}
