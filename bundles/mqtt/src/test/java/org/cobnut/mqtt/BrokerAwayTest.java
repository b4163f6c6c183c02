package org.cobnut.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cobnut.testkit.Started;
import org.cobnut.testkit.TestDevice;
import org.cobnut.testkit.mqtt.Mosquitto;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that is away, and what is told when it is back. */
class BrokerAwayTest {
    @TempDir
    Path dir;

    @Test
    void tellsEverythingAnewAndEventsInTheirOrder() throws Exception {
        try (var broker = Mosquitto.open(dir);
                var node = new TestNode(dir, broker.port())
                        .device("ups", TestDevice.of("ups.status: OL", "ups.load: 1"))
                        .start()) {
            try (Started before = broker.subscribe("-t", "nut/#")) {
                before.awaitLine(line -> line.endsWith("availability\tonline"));
            }
            broker.kill();
            node.change("ups", device -> device.says("ups.status: OB"));
            node.change("ups", device -> device.says("ups.status: OL", "ups.load: 2"));
            broker.restart();
            try (Started after = broker.subscribe("-t", "nut/#")) {
                after.awaitLine(line -> line.endsWith("nut/n/ups/var/ups/load\t2"));
                after.awaitLine(line -> line.contains("\"ONLINE\""));
                assertThat(types(after)).containsExactly("ONBATT", "ONLINE");
            }
        }
    }

    @Test
    void keepsEventsOverARestartOfItsOwn() throws Exception {
        Path events = dir.resolve("n.events");
        try (var broker = Mosquitto.open(dir)) {
            broker.kill();
            try (var node = new TestNode(dir, broker.port())
                    .device("ups", TestDevice.of("ups.status: OL"))
                    .start()) {
                for (int i = 0; i < 100; i++) {
                    node.change("ups", device -> device.says("ups.status: OB"));
                    node.change("ups", device -> device.says("ups.status: OL"));
                }
            }
            assertThat(Files.readAllLines(events)).hasSize(200);
            broker.restart();
            try (Started after = broker.subscribe("-q", "0", "-t", "nut/+/+/event", "-t", "nut/n/status");
                    var node = new TestNode(dir, broker.port())
                            .device("ups", TestDevice.of("ups.status: OL"))
                            .start()) {
                after.awaitLine(line -> line.endsWith("nut/n/status\tonline"));
                node.change("ups", device -> device.says("ups.status: OL OVER"));
                after.awaitLine(line -> line.contains("\"OVER\""));
                List<String> types = types(after);
                assertThat(types).hasSize(201);
                for (int i = 0; i < 200; i++) assertThat(types.get(i)).isEqualTo(i % 2 == 0 ? "ONBATT" : "ONLINE");
                // The broker hands an event on before it acknowledges it.
                Waiting.until(() -> events.toFile().length(), length -> length == 0);
            }
        }
    }

    static List<String> types(Started subscriber) {
        return subscriber.said().stream()
                .filter(line -> line.contains("/event\t"))
                .map(line -> PublishTest.payload(line).get("type").getAsString())
                .toList();
    }
}
