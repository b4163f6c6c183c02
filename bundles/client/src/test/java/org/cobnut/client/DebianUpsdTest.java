package org.cobnut.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.cobnut.testkit.DebianNut;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The client against the server that everybody runs. */
@Timeout(60)
class DebianUpsdTest {
    @TempDir
    static Path dir;

    private static DebianNut nut;

    @BeforeAll
    static void start() throws IOException {
        nut = new DebianNut(dir)
                .device("sim", """
                        ups.status: OL
                        battery.charge: 90
                        ups.id: two words
                        ups.serial: \\"\\#\\\\
                        """)
                .section("gone", "driver = dummy-ups\nport = gone.dev")
                .users("""
                        [admin]
                        password = "s p=\\# \\"x"
                        actions = SET FSD
                        instcmds = ALL
                        upsmon primary
                        """)
                .start();
    }

    @AfterAll
    static void stop() {
        nut.close();
    }

    @Test
    void listsTheUpses() throws IOException {
        try (Connection connection = open()) {
            assertThat(connection.upses())
                    .containsEntry("sim", "sim of the test")
                    .containsEntry("gone", "Description unavailable");
            assertThat(connection.ups("gone").description()).isEqualTo("Unavailable");
        }
    }

    @Test
    void readsVariables() throws IOException {
        try (Connection connection = open()) {
            Ups sim = connection.ups("sim");
            assertThat(sim.variables())
                    .containsEntry("ups.id", "two words")
                    .containsEntry("ups.serial", "\"#\\")
                    .containsEntry("driver.name", "dummy-ups");
            assertThat(sim.writable()).containsKey("ups.id").doesNotContainKey("driver.name");
            assertThat(sim.get("BATTERY.charge")).isEqualTo("90");
            assertThat(sim.type("ups.id")).containsExactly("RW", "STRING:16");
            assertThat(sim.description("battery.charge")).isEqualTo("Battery charge (percent of full)");
            assertThat(sim.choices("ups.id")).isEmpty();
            assertThat(sim.ranges("ups.id")).isEmpty();
        }
    }

    @Test
    void readsCommands() throws IOException {
        try (Connection connection = open()) {
            assertThat(connection.ups("sim").commands()).contains("load.off");
            assertThat(connection.ups("sim").commandDescription("load.off")).isEqualTo("Turn off the load immediately");
        }
    }

    @Test
    void tellsWhatTheServerRefuses() throws IOException {
        try (Connection connection = open()) {
            assertThatThrownBy(() -> connection.ups("nobody").variables()).hasMessage("ERR UNKNOWN-UPS");
            assertThatThrownBy(() -> connection.ups("gone").variables()).hasMessage("ERR DRIVER-NOT-CONNECTED");
            assertThatThrownBy(() -> connection.ups("sim").get("no.such")).hasMessage("ERR VAR-NOT-SUPPORTED");
            assertThatThrownBy(() -> connection.ups("sim").fsd()).hasMessage("ERR USERNAME-REQUIRED");
            assertThat(connection.protocol()).isEqualTo("1.3");
            assertThat(connection.version()).startsWith("Network UPS Tools upsd 2.");
        }
    }

    @Test
    void logsInAndIsCounted() throws IOException {
        try (Connection watcher = open()) {
            assertThat(watcher.ups("sim").logins()).isZero();
            try (Connection connection = open()) {
                identify(connection);
                connection.ups("sim").login();
                connection.ups("sim").primary();
                assertThat(watcher.ups("sim").logins()).isEqualTo(1);
                assertThat(watcher.ups("sim").clients()).containsExactly("127.0.0.1");
                assertThatThrownBy(connection.ups("sim")::login).hasMessage("ERR ALREADY-LOGGED-IN");
            }
            assertThat(watcher.ups("sim").logins()).isZero();
        }
    }

    @Test
    void setsWithACredentialThatNeedsQuotes() throws IOException {
        try (Connection connection = open()) {
            identify(connection);
            connection.tracking(true);
            String id = connection.ups("sim").set("ups.mfr", "a = b c").orElseThrow();
            assertThat(outcome(connection, id)).isEqualTo("SUCCESS");
            assertThat(connection.ups("sim").get("ups.mfr")).isEqualTo("a = b c");
            String other =
                    connection.ups("sim").run("load.off", Optional.empty()).orElseThrow();
            assertThatThrownBy(() -> outcome(connection, other)).hasMessage("ERR UNKNOWN");
        }
    }

    private static String outcome(Connection connection, String id) throws IOException {
        Optional<String> result = connection.result(id);
        while (result.isEmpty()) result = connection.result(id);
        return result.get();
    }

    private static void identify(Connection connection) throws IOException {
        connection.username("admin");
        connection.password("s p=# \"x");
    }

    private static Connection open() throws IOException {
        return Connection.open(Address.of(nut.ups("sim")));
    }
}
