package org.cobnut.drivers.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.cobnut.driver.Due;
import org.cobnut.driver.Session;
import org.cobnut.model.Outcome;
import org.cobnut.model.VarType;
import org.cobnut.testkit.TestReport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** A device of Debian's upsd, repeated. */
@EnabledIf("org.cobnut.drivers.sim.Debian#installed")
final class RepeaterSessionTest {
    private static Upstream upstream;

    private final TestReport report = new TestReport();

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        upstream = new Upstream(folder);
    }

    @AfterAll
    static void stop() {
        upstream.close();
    }

    @Test
    void showsWhatTheServerShows() throws IOException {
        try (Session session = upstream.open("one", Map.of());
                var connection = upstream.client()) {
            session.poll(report, Due.FULL);
            Map<String, String> shown = report.variables().values().stream()
                    .filter(variable -> !variable.name().startsWith("driver."))
                    .collect(Collectors.toMap(variable -> variable.name(), variable -> variable.value()));
            Map<String, String> served = connection.ups("one").variables();
            served.keySet().removeIf(name -> name.startsWith("driver."));
            assertThat(shown).isEqualTo(served).containsEntry("ups.serial", "a \"b\" \\ #");
            assertThat(report.status()).containsExactly("OB", "LB");
            assertThat(report.value("driver.parameter.mode")).contains("repeater");
            assertThat(report.type("battery.charge")).isEqualTo(VarType.number());
            assertThat(report.type("ups.serial")).isEqualTo(VarType.text(32));
            assertThat(report.type("device.type")).isEqualTo(VarType.READ_ONLY);
            assertThat(report.commands()).containsExactly("load.off");
        }
    }

    @Test
    void takesFromNutauthConfWhoSets(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("auth");
        Files.writeString(file, "[" + upstream.section() + "]\nUSER = admin\nPASS = \"sec ret\"\n");
        try (Session session = upstream.open("one", Map.of("authconf", file.toString()))) {
            session.poll(report, Due.FULL);
            assertThat(session.set("ups.model", "by file")).isEqualTo(Outcome.handled());
        }
        Files.writeString(file, "FORCESSL = 1\n");
        assertThatThrownBy(() -> upstream.open("one", Map.of("authconf", file.toString())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("SSL is not available");
    }

    @Test
    void setsAndRunsThereAndTellsWhatCameOfIt() throws IOException {
        try (Session session = upstream.open("one", Map.of("user", "admin", "password", "sec ret"))) {
            session.poll(report, Due.FULL);
            assertThat(session.set("ups.model", "x y")).isEqualTo(Outcome.handled());
            Debian.until(() -> {
                session.poll(report.next(), Due.FULL);
                return report.value("ups.model").filter("x y"::equals).isPresent();
            });
            assertThat(session.run("load.off", "")).isEqualTo(Outcome.unknown());
            assertThat(session.set("ups.serial", "x".repeat(40)).code()).isEqualTo(Outcome.Code.INVALID);
            assertThat(session.set("no.such", "1").code()).isEqualTo(Outcome.Code.UNKNOWN);
        }
    }

    @Test
    void withoutAUserSettingFailsAsTheServerSays() throws IOException {
        try (Session session = upstream.open("one", Map.of())) {
            assertThat(session.set("ups.serial", "x"))
                    .isEqualTo(Outcome.failed("the other server says ERR USERNAME-REQUIRED"));
        }
    }

    @Test
    void anUnknownDeviceIsAnError() throws IOException {
        try (Session session = upstream.open("two", Map.of())) {
            assertThatThrownBy(() -> session.poll(report, Due.FULL)).hasMessage("ERR UNKNOWN-UPS");
        }
    }
}
