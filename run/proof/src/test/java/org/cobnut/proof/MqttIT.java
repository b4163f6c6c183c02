package org.cobnut.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cobnut.testkit.Started;
import org.cobnut.testkit.mqtt.Mosquitto;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two Cobnuts of the distribution at Debian's Mosquitto: what one publishes, a subscriber and the other one see. */
class MqttIT {
    private static final Path FILES = Path.of("src/test/resources/stage");

    @TempDir
    Path dir;

    private final List<Process> running = new ArrayList<>();

    @BeforeAll
    static void there() {
        assumeThat(CobnutServer.built()).isTrue();
    }

    @Test
    void anOutageIsSeenAtTheBrokerAndByAnotherMachine() throws Exception {
        try (var broker = Mosquitto.open(dir);
                var edge = house(broker, "edge", "commands = yes");
                var view = house(broker, "view", "fleet = yes");
                Started seen = broker.subscribe("-t", "nut/#")) {
            try {
                start(edge);
                start(view);
                seen.awaitLine(line -> line.endsWith("nut/edge/box/availability\tonline"));
                House.waitFor(() -> fleet(view).contains("edge box OL"), () -> fleet(view) + view.said());
                says(edge, "OB LB");
                seen.awaitLine("0 nut/edge/box/var/ups/status\tOB LB"::equals);
                seen.awaitLine(line -> line.startsWith("0 nut/edge/box/event\t") && line.contains("\"LOWBATT\""));
                House.waitFor(() -> fleet(view).contains("edge box OB LB"), () -> fleet(view) + view.said());
                assertThat(view.run(CobnutServer.program("nutctl"), "fleet", "--json")
                                .out())
                        .contains("\"node\": \"edge\"", "\"status\": \"OB LB\"", "\"reachable\": true");

                order(broker, "admin", "geheim", "1");
                assertThat(result(seen, "1")).contains("\"ok\":true");
                order(broker, "guest", "geheim", "2");
                assertThat(result(seen, "2")).contains("ACCESS-DENIED");
                order(broker, "admin", "falsch", "3");
                assertThat(result(seen, "3")).contains("ACCESS-DENIED");
                assertThat(edge.said() + view.said()).doesNotContain("geheim", "falsch");

                Process first = running.remove(0);
                first.destroy();
                assertThat(House.end(first)).as(edge.said()).isZero();
                seen.awaitLine("0 nut/edge/status\toffline"::equals);
                House.waitFor(() -> fleet(view).contains("edge box not reachable"), () -> fleet(view) + view.said());
            } finally {
                for (Process each : running) each.destroy();
                for (Process each : running) House.end(each);
            }
        }
    }

    private House house(Mosquitto broker, String node, String more) throws IOException {
        var house = new House(FILES, Map.of());
        house.write("upsd.users", """
                [admin]
                  password = geheim
                  actions = SET
                [guest]
                  password = geheim
                """, Map.of());
        house.write(
                "mqtt.conf",
                "broker = mqtt://127.0.0.1:%d\nnode = %s\n%s\n".formatted(broker.port(), node, more),
                Map.of());
        for (String name : List.of("upsd.users", "mqtt.conf"))
            Files.setPosixFilePermissions(house.dir.resolve(name), PosixFilePermissions.fromString("rw-------"));
        return house;
    }

    private void start(House house) throws IOException {
        running.add(house.start(CobnutServer.program("cobnut"), "run", "--no-upsmon"));
    }

    /** A status from now on; dummy-ups looks at whole seconds of the file's time. */
    private static void says(House house, String status) throws IOException {
        Path next = Files.writeString(house.dir.resolve("next"), "ups.status: " + status + "\n");
        Files.setLastModifiedTime(next, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
        Files.move(next, house.dir.resolve("box.dev"), StandardCopyOption.REPLACE_EXISTING);
    }

    private static void order(Mosquitto broker, String user, String password, String id) throws Exception {
        String json =
                "{\"user\":\"%s\",\"password\":\"%s\",\"variable\":\"ups.status\",\"value\":\"OB LB\",\"id\":\"%s\"}";
        broker.publish("-q", "1", "-t", "nut/edge/box/set", "-m", json.formatted(user, password, id));
    }

    private static String result(Started seen, String id) throws InterruptedException {
        return seen.awaitLine(line -> line.contains("/result\t") && line.contains("\"id\":\"" + id + '"'));
    }

    /** What nutctl fleet says, with one blank between two words. */
    private static String fleet(House house) {
        try {
            return house.run(CobnutServer.program("nutctl"), "fleet").out().replaceAll(" +", " ");
        } catch (IOException notYet) {
            return notYet.toString();
        }
    }
}
