package org.cobnut.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.cobnut.fleet.FleetUps;
import org.cobnut.testkit.TestDevice;
import org.cobnut.testkit.mqtt.Mosquitto;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The view of what all nodes publish. */
class FleetTest {
    @TempDir
    Path dir;

    private static List<FleetUps> upses(TestNode node) {
        return node.node().fleet().orElseThrow().upses();
    }

    private static List<String> shown(TestNode node) {
        return upses(node).stream()
                .map(ups ->
                        ups.node() + ' ' + ups.ups() + ' ' + ups.reachable() + ' ' + ups.status() + ' ' + ups.charge())
                .toList();
    }

    @Test
    void showsWhatOthersPublishAndThatTheyAreGone() throws Exception {
        try (var broker = Mosquitto.open(dir);
                var view =
                        new TestNode(dir, broker.port()).named("view").fleet().start()) {
            var one = new TestNode(dir, broker.port())
                    .named("one")
                    .device("b", TestDevice.of("ups.status: OL", "battery.charge: 90", "device.model: \u001b[2J"));
            var two = new TestNode(dir, broker.port()).named("two").device("a", TestDevice.of("ups.status: OB"));
            try (var first = one.start()) {
                try (var second = two.start()) {
                    Waiting.until(() -> shown(view), List.of("one b true OL 90", "two a true OB ")::equals);
                    assertThat(upses(view).get(0).model()).isEqualTo("?[2J");
                    assertThat(upses(view).get(0).since()).isPresent();
                    second.change("a", device -> device.says("ups.status: OL"));
                    Waiting.until(() -> shown(view), List.of("one b true OL 90", "two a true OL ")::equals);
                }
                Waiting.until(() -> shown(view), List.of("one b true OL 90", "two a false OL ")::equals);
                broker.publish("-r", "-t", "nut/two/a/state", "-n");
                broker.publish("-t", "nut/three/x/state", "-m", "no JSON");
                Waiting.until(() -> shown(view), List.of("one b true OL 90")::equals);
            }
            assertThat(view.node().fleet().orElseThrow().fault()).isEmpty();
            broker.kill();
            Waiting.until(
                    () -> view.node().fleet().orElseThrow().fault().orElse(""), fault -> fault.contains("was lost"));
            assertThat(shown(view)).hasSize(1);
        }
    }
}
