package org.cobnut.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.cobnut.access.AuthenticatedUser;
import org.cobnut.access.Authentication;
import org.cobnut.access.RequestResult;
import org.cobnut.access.UserAuthenticator;
import org.cobnut.mqtt.command.CommandReceiver.Login;
import org.cobnut.testkit.Started;
import org.cobnut.testkit.TestDevice;
import org.cobnut.testkit.mqtt.Mosquitto;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands by the broker: who may give them, and what becomes of them. */
class CommandTest {
    @TempDir
    Path dir;

    private final List<String> done = new CopyOnWriteArrayList<>();
    private Mosquitto broker;

    @BeforeEach
    void start() throws Exception {
        broker = Mosquitto.open(dir);
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    private TestNode node() {
        return new TestNode(dir, broker.port())
                .device(
                        "ups",
                        TestDevice.of("ups.status: OL", "outlet.1.status: on")
                                .takes(
                                        "beeper.off",
                                        "test.battery.start",
                                        "load.off",
                                        "shutdown.return",
                                        "outlet.1.load.on",
                                        "outlet.1.load.off"));
    }

    /** The rights of upsd.users as the test says: alice may run beeper.off and set, root may all. */
    private UserAuthenticator upsd() {
        return (user, password, address) -> CompletableFuture.completedFuture(
                password.equals("geheim")
                        ? new Authentication(Optional.of(new TestUser(user, done)), false)
                        : new Authentication(Optional.empty(), password.equals("guess")));
    }

    private JsonObject answer(Started results, String topic, String payload) throws Exception {
        int before = results.said().size();
        broker.publish("-q", "1", "-t", "nut/n/ups/" + topic, "-m", payload);
        Waiting.until(() -> results.said().size(), size -> size > before);
        return PublishTest.payload(results.said().get(before));
    }

    @Test
    void runsWhatAUserOfUpsdMayRun() throws Exception {
        try (TestNode node = node().commands(Optional.empty()).start();
                Started online = broker.subscribe("-t", "nut/n/ups/availability");
                Started results = broker.subscribe("-t", "nut/+/+/result")) {
            node.node().use(upsd());
            online.awaitLine(line -> line.endsWith("online"));
            results.awaitLine(line -> line.endsWith("ready"));
            assertThat(answer(results, "cmd", """
                            {"user": "alice", "password": "geheim", "command": "beeper.off", "id": "7"}""").toString())
                    .isEqualTo("{\"id\":\"7\",\"command\":\"beeper.off\",\"ok\":true}");
            assertThat(answer(results, "set", """
                            {"user":"alice","password":"geheim","variable":"battery.charge.low","value":20}""").toString())
                    .isEqualTo("{\"variable\":\"battery.charge.low\",\"ok\":true}");
            assertThat(done).containsExactly("alice ran beeper.off of ups", "alice set battery.charge.low=20 of ups");
            assertThat(error(answer(results, "cmd", """
                            {"user": "alice", "password": "geheim", "command": "load.off"}"""))).isEqualTo("ACCESS-DENIED");
            assertThat(error(answer(results, "cmd", """
                            {"user": "alice", "password": "wrong", "command": "beeper.off"}"""))).isEqualTo("ACCESS-DENIED");
            assertThat(answer(results, "cmd", """
                            {"user": "alice", "password": "guess", "command": "beeper.off"}""").get("reason").getAsString()).startsWith("too many wrong passwords");
            assertThat(error(answer(results, "cmd", "{\"command\": \"beeper.off\"}")))
                    .isEqualTo("USERNAME-REQUIRED");
            assertThat(error(answer(results, "cmd", "beeper.off"))).isEqualTo("INVALID-ARGUMENT");
            assertThat(error(answer(results, "cmd", "[".repeat(4000)))).isEqualTo("INVALID-ARGUMENT");
            assertThat(error(answer(results, "set", "{\"command\": \"beeper.off\"}")))
                    .isEqualTo("INVALID-ARGUMENT");
            assertThat(done).hasSize(2);
        }
    }

    @Test
    void obeysNobodyWithoutCommandsAndNoRetainedMessage() throws Exception {
        String order = "{\"user\": \"root\", \"password\": \"geheim\", \"command\": \"load.off\"}";
        broker.publish("-r", "-t", "nut/n/ups/cmd", "-m", order);
        try (TestNode node = node().start();
                Started now = broker.subscribe("-t", "nut/#")) {
            node.node().use(upsd());
            now.awaitLine(line -> line.endsWith("availability\tonline"));
            broker.publish("-t", "nut/n/ups/cmd", "-m", order);
            node.change("ups", device -> device.says("ups.status: OB"));
            now.awaitLine(line -> line.contains("ONBATT"));
            assertThat(done).isEmpty();
        }
        try (TestNode node = node().commands(Optional.empty()).start();
                Started now = broker.subscribe("-t", "nut/#")) {
            node.node().use(upsd());
            now.awaitLine(line -> line.endsWith("nut/n/status\tonline"));
            broker.publish("-r", "-t", "nut/n/ups/cmd", "-m", order); // to one who is there it comes as a new one
            now.awaitLine(line -> line.contains("/result"));
            assertThat(done).containsExactly("root ran load.off of ups");
        }
    }

    @Test
    void showsHomeAssistantOnlyWhatTheUserMayAndNothingThatSwitchesOff() throws Exception {
        try (TestNode node = node().discovery("homeassistant")
                        .commands(Optional.of(new Login("alice", "geheim")))
                        .start();
                Started now = broker.subscribe("-t", "homeassistant/#", "-t", "nut/+/+/result")) {
            node.node().use(upsd());
            String told = now.awaitLine(line -> line.contains("button"));
            assertThat(told)
                    .contains("button_beeper_off")
                    .doesNotContain("geheim", "button_test", "switch", "load_off", "shutdown");
            broker.publish("-t", "nut/n/ups/cmd", "-m", "{\"command\":\"beeper.off\"}");
            now.awaitLine(line -> line.contains("\"ok\":true"));
            assertThat(done).containsExactly("alice ran beeper.off of ups");
        }
        try (TestNode node = node().named("m")
                        .discovery("homeassistant", "load.off")
                        .commands(Optional.of(new Login("root", "geheim")))
                        .start();
                Started now = broker.subscribe("-t", "homeassistant/device/cobnut_m_ups/config")) {
            node.node().use(upsd());
            String told = now.awaitLine(line -> line.contains("button"));
            assertThat(told)
                    .contains("button_test_battery_start", "switch_outlet_1_status", "button_load_off")
                    .doesNotContain("button_shutdown", "button_outlet");
        }
    }

    private static String error(JsonObject answer) {
        assertThat(answer.get("ok").getAsBoolean()).isFalse();
        return answer.get("error").getAsString();
    }

    /** A user as upsd has them. */
    private record TestUser(String name, List<String> done) implements AuthenticatedUser {
        @Override
        public boolean maySet() {
            return true;
        }

        @Override
        public boolean mayRun(String command) {
            return name.equals("root") || command.equals("beeper.off");
        }

        @Override
        public CompletionStage<RequestResult> set(String ups, String variable, String value) {
            done.add(name + " set " + variable + '=' + value + " of " + ups);
            return CompletableFuture.completedFuture(new RequestResult("", ""));
        }

        @Override
        public CompletionStage<RequestResult> run(String ups, String command, String argument) {
            if (!mayRun(command)) return CompletableFuture.completedFuture(new RequestResult("ACCESS-DENIED", ""));
            done.add(name + " ran " + command + " of " + ups);
            return CompletableFuture.completedFuture(new RequestResult("", ""));
        }
    }
}
