package org.cobnut.drivers.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.cobnut.driver.Due;
import org.cobnut.driver.Session;
import org.cobnut.model.VarType;
import org.cobnut.testkit.TestReport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** A repeater whose server has other values, loses its device, or is lost itself. */
@EnabledIf("org.cobnut.drivers.sim.Debian#installed")
final class RepeaterChangesTest {
    private Upstream upstream;
    private final TestReport report = new TestReport();

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        upstream = new Upstream(folder);
    }

    @AfterEach
    void stop() {
        upstream.close();
    }

    @Test
    void followsTheFileBehindTheServer() throws IOException {
        try (Session session = upstream.open("one", Map.of())) {
            session.poll(report, Due.FULL);
            Files.writeString(upstream.file, "ups.status: OL\nups.serial: other\nups.id: new\n");
            Debian.until(() -> {
                session.poll(report.next(), Due.FULL);
                return report.value("ups.id").filter("new"::equals).isPresent();
            });
            assertThat(report.status()).containsExactly("OL");
            assertThat(report.value("ups.serial")).contains("other");
            assertThat(report.type("ups.id")).isEqualTo(VarType.text(16));
        }
    }

    @Test
    void isStaleWhileTheDriverBehindTheServerIsGoneAndKeepsTheValues() throws IOException {
        try (Session session = upstream.open("one", Map.of())) {
            session.poll(report, Due.FULL);
            assertThat(report.stale()).isEmpty();
            upstream.killDriver();
            Debian.until(() -> {
                session.poll(report.next(), Due.FULL);
                return report.stale().isPresent();
            });
            assertThat(report.status()).containsExactly("OB", "LB");
            assertThat(report.value("battery.charge")).contains("20");
        }
    }

    @Test
    void aLostServerIsAnErrorAndTheNextSessionStartsAfresh() throws IOException {
        try (Session session = upstream.open("one", Map.of())) {
            session.poll(report, Due.FULL);
            upstream.killServer();
            assertThatThrownBy(() -> session.poll(report.next(), Due.FULL)).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> session.poll(report.next(), Due.FULL)).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> upstream.open("one", Map.of())).isInstanceOf(IOException.class);
        }
        upstream.restartServer();
        try (Session session = upstream.open("one", Map.of())) {
            var fresh = new TestReport();
            Debian.until(() -> {
                session.poll(fresh.next(), Due.FULL);
                return fresh.value("battery.charge").filter("20"::equals).isPresent();
            });
            assertThat(fresh.stale()).isEmpty();
        }
    }
}
