package org.cobnut.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.cobnut.model.Health;
import org.cobnut.mqtt.net.BrokerAddress;
import org.cobnut.mqtt.net.BrokerClient;
import org.cobnut.mqtt.net.BrokerListener;
import org.cobnut.mqtt.net.BrokerSession;
import org.cobnut.mqtt.net.BrokerSettings;
import org.cobnut.mqtt.net.ReceivedMessage;
import org.cobnut.testkit.Started;
import org.cobnut.testkit.TestDevice;
import org.cobnut.testkit.mqtt.Mosquitto;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is published, as Debian's mosquitto hands it on. */
class PublishTest {
    @TempDir
    Path dir;

    private Mosquitto broker;

    @BeforeEach
    void start() throws Exception {
        broker = Mosquitto.open(dir);
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    private TestNode node(String... lines) {
        return new TestNode(dir, broker.port()).device("ups", TestDevice.of(lines));
    }

    @Test
    void tellsOfTheUpsToWhoeverComesLater() throws Exception {
        try (var node = node("ups.status: OL", "battery.charge: 87", "driver.parameter.password: geheim")
                .start()) {
            try (Started first = broker.subscribe("-t", "nut/n/ups/availability")) {
                first.awaitLine(line -> line.endsWith("nut/n/ups/availability\tonline"));
            }
            try (Started later = broker.subscribe("-t", "nut/#")) {
                later.awaitLine("1 nut/n/ups/availability\tonline"::equals);
                later.awaitLine("1 nut/n/status\tonline"::equals);
                later.awaitLine("1 nut/n/ups/var/ups/status\tOL"::equals);
                later.awaitLine("1 nut/n/ups/var/battery/charge\t87"::equals);
                JsonObject state = payload(later.awaitLine(line -> line.startsWith("1 nut/n/ups/state\t")));
                assertThat(state.get("battery.charge").getAsString()).isEqualTo("87");
                assertThat(Instant.parse(state.get("ts").getAsString()))
                        .isBefore(Instant.now().plusSeconds(1));
                assertThat(later.said()).noneMatch(line -> line.contains("geheim"));
            }
            assertThat(node.node().settings().toString()).doesNotContain("geheim");
        }
    }

    @Test
    void pushesAChangeAndItsEvent() throws Exception {
        try (var node = node("ups.status: OL", "ups.load: 20").start();
                Started now = broker.subscribe("-t", "nut/#")) {
            now.awaitLine(line -> line.endsWith("availability\tonline"));
            long began = System.nanoTime();
            node.change("ups", device -> device.says("ups.status: OB LB", "ups.alarm: Replace battery!"));
            now.awaitLine("0 nut/n/ups/var/ups/status\tOB LB"::equals);
            assertThat(System.nanoTime() - began).isLessThan(5_000_000_000L);
            JsonObject event = payload(now.awaitLine(line -> line.contains("/event\t") && line.contains("ONBATT")));
            assertThat(event.get("before").getAsString()).isEqualTo("OL");
            assertThat(event.get("after").getAsString()).isEqualTo("OB LB");
            assertThat(event.get("text").getAsString()).isEqualTo("UPS ups is on battery");
            assertThat(event.get("id").getAsString()).isNotEmpty();
            now.awaitLine(line -> line.contains("LOWBATT"));
            now.awaitLine(line -> line.contains("\"ALARM\"") && line.contains("Replace battery!"));
            node.change("ups", device -> device.is(new Health.Stale(Instant.EPOCH, "no answer")));
            now.awaitLine("0 nut/n/ups/availability\toffline"::equals);
            now.awaitLine(line -> line.contains("COMMBAD") && line.contains("no answer"));
            node.change("ups", device -> device.says("ups.status: OL"));
            now.awaitLine(line -> line.contains("COMMOK"));
            node.announceShutdown("ups");
            now.awaitLine("0 nut/n/ups/var/ups/status\tFSD OL"::equals);
            now.awaitLine(line -> line.contains("\"FSD\""));
        }
    }

    @Test
    void holdsValuesBackForTheIntervalButNoStatus() throws Exception {
        try (var node = node("ups.status: OL", "ups.load: 20").interval(3600).start();
                Started now = broker.subscribe("-t", "nut/n/ups/var/#")) {
            now.awaitLine(line -> line.endsWith("ups/load\t20"));
            node.change("ups", device -> device.says("ups.load: 21"));
            node.change("ups", device -> device.says("ups.load: 22"));
            node.change("ups", device -> device.says("ups.status: OB"));
            now.awaitLine("0 nut/n/ups/var/ups/load\t22"::equals);
            assertThat(now.said()).noneMatch(line -> line.endsWith("ups/load\t21"));
        }
    }

    @Test
    void takesBackWhatIsNoLongerConfigured() throws Exception {
        try (var node = node("ups.status: OL").discovery("homeassistant").start();
                Started now = broker.subscribe("-t", "nut/#", "-t", "homeassistant/#")) {
            now.awaitLine(line -> line.contains("homeassistant/device/cobnut_n_ups/config\t{"));
            node.remove("ups", false);
            now.awaitLine("0 nut/n/ups/availability\toffline"::equals);
            node.remove("ups", true);
            now.awaitLine("0 homeassistant/device/cobnut_n_ups/config\t"::equals);
            now.awaitLine("0 nut/n/ups/var/ups/status\t"::equals);
            now.awaitLine("0 nut/n/ups/state\t"::equals);
        }
    }

    @Test
    void takesBackAtTheNextStartWhatLeftWhileItWasAway() throws Exception {
        try (var both = node("ups.status: OL")
                        .device("old", TestDevice.of("ups.status: OL", "ups.load: 3"))
                        .discovery("homeassistant")
                        .start();
                Started now = broker.subscribe("-t", "nut/n/old/#", "-t", "homeassistant/#")) {
            now.awaitLine(line -> line.endsWith(" nut/n/old/var/ups/load\t3"));
            now.awaitLine(line -> line.contains("homeassistant/device/cobnut_n_old/config\t{"));
            assertThat(both.devices()).hasSize(2);
        }
        try (var one = node("ups.status: OL").discovery("homeassistant").start();
                Started now = broker.subscribe("-t", "nut/n/#", "-t", "homeassistant/#")) {
            now.awaitLine("0 homeassistant/device/cobnut_n_old/config\t"::equals);
            for (String gone : new String[] {"availability", "state", "var/ups/load", "var/ups/status"})
                now.awaitLine(("0 nut/n/old/" + gone + "\t")::equals);
            assertThat(one.devices()).hasSize(1);
            try (Started later = broker.subscribe("-t", "nut/n/#")) {
                assertThat(later.said())
                        .anyMatch(line -> line.startsWith("1 nut/n/ups/"))
                        .noneMatch(line -> line.contains("/old/"));
            }
        }
    }

    @Test
    void isSaidToBeGoneByTheBrokerAndByItself() throws Exception {
        try (Started now = broker.subscribe("-t", "nut/+/status")) {
            try (var node = node("ups.status: OL").start()) {
                now.awaitLine("0 nut/n/status\tonline"::equals);
            }
            now.awaitLine("0 nut/n/status\toffline"::equals);
            var settings = new BrokerSettings(
                    new BrokerAddress("127.0.0.1", broker.port(), false),
                    "cobnut-killed",
                    "",
                    "",
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    "nut/killed/status");
            try (var client = new BrokerClient(settings, new Dropper())) {
                client.start();
                now.awaitLine("0 nut/killed/status\toffline"::equals);
            }
        }
    }

    @Test
    void tellsHomeAssistantWhatThereIs() throws Exception {
        try (var node = node(
                                "ups.status: OL",
                                "battery.charge: 87",
                                "battery.runtime: 900",
                                "input.voltage: 230",
                                "ups.temperature: 21",
                                "ups.beeper.status: enabled",
                                "device.mfr: Acme",
                                "device.serial: S-4711")
                        .discovery("homeassistant")
                        .start();
                Started now = broker.subscribe("-t", "homeassistant/#")) {
            String line = now.awaitLine(text -> text.contains("/config\t{"));
            assertThat(line).contains(" homeassistant/device/cobnut_n_ups/config\t");
            JsonObject told = payload(line);
            assertThat(told.getAsJsonObject("device").get("serial_number").getAsString())
                    .isEqualTo("S-4711");
            assertThat(told.getAsJsonObject("device").get("identifiers").toString())
                    .isEqualTo("[\"cobnut_S-4711\"]");
            assertThat(told.getAsJsonArray("availability").toString())
                    .contains("nut/n/status", "nut/n/ups/availability");
            JsonObject components = told.getAsJsonObject("components");
            assertThat(components.keySet())
                    .containsExactlyInAnyOrder(
                            "sensor_battery_charge",
                            "sensor_battery_runtime",
                            "sensor_input_voltage",
                            "sensor_ups_temperature",
                            "sensor_ups_status",
                            "binary_sensor_ups_status_power",
                            "binary_sensor_ups_status_battery",
                            "binary_sensor_ups_status_problem");
            JsonObject charge = components.getAsJsonObject("sensor_battery_charge");
            assertThat(charge.toString())
                    .isEqualTo(
                            "{\"platform\":\"sensor\",\"unique_id\":\"cobnut_S-4711_sensor_battery_charge\","
                                    + "\"name\":\"Battery charge\",\"state_topic\":\"nut/n/ups/var/battery/charge\","
                                    + "\"device_class\":\"battery\",\"unit_of_measurement\":\"%\",\"state_class\":\"measurement\"}");
            int before = now.said().size();
            broker.publish("-t", "homeassistant/status", "-m", "online");
            now.awaitLine(text -> text.startsWith("0 ")
                    && text.contains("/config\t{")
                    && now.said().size() > before + 1);
        }
    }

    static JsonObject payload(String line) {
        return JsonParser.parseString(line.substring(line.indexOf('\t') + 1)).getAsJsonObject();
    }

    /** A client whose connection breaks as soon as it stands. */
    private static final class Dropper implements BrokerListener {
        @Override
        public void connected(BrokerSession session) {
            session.drop();
        }

        @Override
        public void disconnected() {
            // it connects again
        }

        @Override
        public void received(BrokerSession session, ReceivedMessage message) {
            throw new AssertionError("nothing was subscribed to");
        }

        @Override
        public void acknowledged(BrokerSession session, int packet, String refusal) {
            throw new AssertionError("nothing was sent");
        }

        @Override
        public void writable() {
            // it sends nothing
        }
    }
}
