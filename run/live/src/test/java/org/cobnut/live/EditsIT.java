package org.cobnut.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.cobnut.testkit.Distribution;
import org.cobnut.testkit.Line;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random edits of the files, good and bad, while clients poll: what is in force is what the last good files say, and
 * only an edit of LISTEN costs connections.
 */
class EditsIT {
    private static final long SEED = Long.getLong("cobnut.seed", 20261123);
    private static final boolean LONG = Boolean.getBoolean("cobnut.long");
    private static final int CLIENTS = 50;
    private static final int BATCH = 10;

    @TempDir
    private Path directory;

    private final Random random = new Random(SEED);
    private int restarts;
    private int expectedLosses;

    @Test
    @Timeout(600)
    void tenThousandEditsLeaveWhatTheLastGoodFilesSay() throws Exception {
        int edits = LONG ? 50_000 : 10_000;
        var ports = new int[] {Distribution.freePort(), Distribution.freePort()};
        var site = new Site(directory.resolve("etc"), random, ports);
        long begin = System.nanoTime();
        try (var inside = new Inside(directory.resolve("etc"), directory.resolve("state"));
                var clients = clients(ports[0])) {
            Site force = site.copy();
            for (int done = 0; done < edits; done += BATCH) {
                for (int i = 0; i < BATCH; i++) {
                    site.edit();
                    inside.reload();
                    force = site.over(force);
                }
                if (random.nextInt(50) == 0) {
                    site.repair();
                    site.listen(!site.both);
                    inside.reload();
                    force = site.copy();
                    restarted(clients);
                }
                settled(ports[0], force);
                assertThat(inside.configured("cobnut.upsd", "maxage")).isEqualTo(force.maxage);
                assertThat(inside.configured("cobnut.upsd", "maxconn")).isEqualTo(force.maxconn);
                assertThat(clients.lost())
                        .as("lost after %d edits, seed %d", done, SEED)
                        .isEqualTo(expectedLosses);
            }
            report(edits, begin, clients);
        }
    }

    @Test
    @Timeout(600)
    void theShippedDistributionFollowsTheFilesByItself() throws Exception {
        int edits = LONG ? 1_000 : 100;
        long begin = System.nanoTime();
        try (var house = new House(directory)) {
            var site = new Site(house.file(""), random, house.port(), Distribution.freePort());
            house.run();
            try (var clients = clients(house.port())) {
                Site force = site.copy();
                for (int done = 0; done < edits; done += BATCH) {
                    // All edits of a batch within the time for which the watcher waits for quiet, or not, as it
                    // happens.
                    for (int i = 0; i < BATCH; i++) {
                        site.edit();
                        House.pass(Duration.ofMillis(random.nextInt(20)));
                    }
                    site.repair();
                    force = site.copy();
                    settled(house.port(), force);
                    assertThat(clients.lost()).as("lost, seed %d", SEED).isZero();
                }
                report(edits, begin, clients);
            }
        }
    }

    private static Reconnecting clients(int port) throws Exception {
        var clients = new Reconnecting(port, CLIENTS, "GET VAR first ups.status");
        awaitAll(clients);
        return clients;
    }

    private static void awaitAll(Reconnecting clients) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (clients.connected() < CLIENTS) {
            assertThat(System.nanoTime())
                    .as("%d of %d connected", clients.connected(), CLIENTS)
                    .isLessThan(deadline);
            House.pass(Duration.ofMillis(5));
        }
    }

    /** Every client was sent away once, and has come back. */
    private void restarted(Reconnecting clients) {
        restarts++;
        expectedLosses += CLIENTS;
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (clients.lost() < expectedLosses) {
            assertThat(System.nanoTime()).as("%d lost", clients.lost()).isLessThan(deadline);
            House.pass(Duration.ofMillis(5));
        }
        awaitAll(clients);
    }

    /** What is in force becomes what was wanted, soon; listeners of Configuration Admin are told on another thread. */
    private void settled(int port, Site wanted) throws IOException {
        List<String> list = wanted.devices.entrySet().stream()
                .map(device -> "UPS %s \"%s\""
                        .formatted(device.getKey(), device.getValue().description()))
                .toList();
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (true) {
            try {
                check(port, wanted, list);
                return;
            } catch (AssertionError | IOException e) {
                if (System.nanoTime() > deadline) throw e;
                House.pass(Duration.ofMillis(2));
            }
        }
    }

    private static void check(int port, Site wanted, List<String> list) throws IOException {
        try (var line = new Line(port)) {
            assertThat(line.list("LIST UPS")).containsExactlyInAnyOrderElementsOf(list);
            for (Map.Entry<String, Site.Device> device : wanted.devices.entrySet()) {
                String status = device.getValue().other() ? "OL CHRG" : "OL";
                assertThat(line.ask("GET VAR " + device.getKey() + " ups.status"))
                        .isEqualTo("VAR %s ups.status \"%s\"".formatted(device.getKey(), status));
                assertThat(line.ask("GET VAR " + device.getKey() + " driver.parameter.pollinterval"))
                        .endsWith("\"" + device.getValue().interval() + "\"");
            }
        }
        for (int i = 0; i < 4; i++) right(port, "user" + i, wanted.users.get("user" + i));
        right(port, "admin", wanted.users.get("admin"));
    }

    private static void right(int port, String name, Site.User user) throws IOException {
        try (var line = new Line(port)) {
            line.ask("USERNAME " + name);
            line.ask("PASSWORD " + (user == null ? "p0" : user.password()));
            assertThat(line.ask("PRIMARY first"))
                    .as(name)
                    .startsWith(user != null && user.primary() ? "OK" : "ERR ACCESS-DENIED");
            assertThat(line.ask("LOGIN first")).as(name).isEqualTo(user != null ? "OK" : "ERR ACCESS-DENIED");
        }
    }

    private void report(int edits, long begin, Reconnecting clients) {
        System.out.printf(
                "%d edits, seed %d, in %d ms; LISTEN was edited %d times, %d connections were lost%n",
                edits, SEED, (System.nanoTime() - begin) / 1_000_000, restarts, clients.lost());
    }
}
