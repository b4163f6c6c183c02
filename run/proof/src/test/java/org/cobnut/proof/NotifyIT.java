package org.cobnut.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What systemd hears of us, on a datagram socket of Python's in its place. */
class NotifyIT {
    private static final Path FILES = Path.of("src/test/resources/notify");
    private static final Path SERVER = Path.of("src/test/resources/stage");

    @BeforeAll
    static void there() {
        assumeThat(CobnutServer.built()).isTrue();
    }

    @Test
    void upsmonTellsOfItsWholeLife() throws Exception {
        assumeThat(DebianServer.installed()).isTrue();
        try (var stage = new Stage();
                var house = new House(FILES, stage.places());
                var manager = new Manager(house)) {
            Process upsmon = manager.start(CobnutServer.program("upsmon"), "-F");
            try {
                manager.await("READY=1");
                stage.awaitLogins(1);
                manager.await("WATCHDOG=1", "WATCHDOG=1");
                house.run("kill", "-HUP", String.valueOf(upsmon.pid()));
                manager.await("RELOADING=1", "READY=1");
                house.run("kill", "-STOP", String.valueOf(upsmon.pid()));
                manager.silentFor(2000);
                house.run("kill", "-CONT", String.valueOf(upsmon.pid()));
                manager.await("WATCHDOG=1");
            } finally {
                upsmon.destroy();
                assertThat(House.end(upsmon)).as(house.said()).isZero();
            }
            manager.await("STOPPING=1");
        }
    }

    @Test
    void theServerTellsWhenItServes() throws Exception {
        try (var house = new House(SERVER, Map.of());
                var manager = new Manager(house)) {
            Process cobnut = manager.start(CobnutServer.program("cobnut"), "run", "--no-upsmon");
            try {
                manager.await("READY=1");
                try (var connection = new Connection(house.port)) {
                    assertThat(connection.ask("GET UPSDESC box")).isEqualTo("UPSDESC box \"Unavailable\"\n");
                }
                house.run("kill", "-HUP", String.valueOf(cobnut.pid()));
                manager.await("RELOADING=1", "READY=1");
            } finally {
                cobnut.destroy();
                assertThat(House.end(cobnut)).as(house.said()).isZero();
            }
            manager.await("STOPPING=1");
            assertThat(manager.heard).noneMatch(line -> line.contains("WATCHDOG"));
        }
    }

    /** The service manager, and all that it heard. */
    private static final class Manager implements AutoCloseable {
        final List<String> heard = new CopyOnWriteArrayList<>();
        private final House house;
        private final Process process;
        private final Thread reader;
        private int seen;

        Manager(House house) throws IOException {
            this.house = house;
            process = new ProcessBuilder("python3", FILES.resolve("listen.py").toString(), socket())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            BufferedReader said = process.inputReader();
            assertThat(said.readLine()).isEqualTo("bound");
            reader = new Thread(() -> said.lines().forEach(heard::add), "manager");
            reader.start();
        }

        /** With a watchdog of 1.5 s. */
        Process start(String... command) throws IOException {
            var words = new ArrayList<>(List.of("/usr/bin/env", "NOTIFY_SOCKET=" + socket(), "WATCHDOG_USEC=1500000"));
            words.addAll(List.of(command));
            return house.start(words.toArray(String[]::new));
        }

        /** Waits for messages that begin so, in this order, behind those that were waited for before. */
        void await(String... begins) {
            for (String begin : begins)
                House.waitFor(
                        () -> next(begin), () -> "no " + begin + " behind " + seen + " of " + heard + house.said());
        }

        void silentFor(int millis) {
            // What was on its way is let come.
            House.pass(200);
            int before = heard.size();
            House.pass(millis);
            assertThat(heard).hasSize(before);
            seen = before;
        }

        private boolean next(String begin) {
            for (int i = seen; i < heard.size(); i++)
                if (heard.get(i).startsWith(begin)) {
                    seen = i + 1;
                    return true;
                }
            return false;
        }

        private String socket() {
            return house.dir.resolve("notify.sock").toString();
        }

        @Override
        public void close() throws InterruptedException {
            process.destroy();
            House.end(process);
            reader.join(5000);
        }
    }
}
