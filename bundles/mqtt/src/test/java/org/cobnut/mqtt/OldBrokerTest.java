package org.cobnut.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.cobnut.testkit.Started;
import org.cobnut.testkit.TestDevice;
import org.cobnut.testkit.mqtt.Mosquitto;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** At a broker that knows MQTT 3.1.1 only, everything is as by MQTT 5. */
class OldBrokerTest {
    @TempDir
    Path dir;

    @Test
    void valuesEventsAndCommandsGoByMqtt311() throws Exception {
        try (var broker = Mosquitto.open(dir);
                var old = new OldBroker(broker.port());
                var node = new TestNode(dir, old.port())
                        .device("ups", TestDevice.of("ups.status: OL", "ups.load: 20"))
                        .commands(Optional.empty())
                        .discovery("homeassistant")
                        .fleet()
                        .start();
                Started now = broker.subscribe("-t", "nut/#", "-t", "homeassistant/#")) {
            now.awaitLine(line -> line.endsWith(" nut/n/status\tonline"));
            now.awaitLine(line -> line.endsWith(" nut/n/ups/var/ups/load\t20"));
            now.awaitLine(line -> line.contains("homeassistant/device/cobnut_n_ups/config\t{"));
            assertThat(old.versions()).containsExactly(5, 4);
            node.change("ups", device -> device.says("ups.status: OB LB"));
            now.awaitLine(line -> line.contains("/event\t") && line.contains("ONBATT"));
            Waiting.until(() -> node.node().fleet().orElseThrow().upses(), upses -> upses.size() == 1);
            // Nobody may give commands here, so that the answer is a refusal; it is one to this command.
            broker.publish("-t", "nut/n/ups/cmd", "-m", "{\"command\": \"beeper.mute\", \"id\": \"7\"}");
            now.awaitLine(line -> line.contains("nut/n/ups/result\t") && line.contains("\"id\":\"7\""));
        }
    }
}
