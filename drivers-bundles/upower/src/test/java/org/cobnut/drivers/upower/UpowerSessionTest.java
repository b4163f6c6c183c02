package org.cobnut.drivers.upower;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.testkit.TestLinks;
import org.cobnut.testkit.TestReport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class UpowerSessionTest {
    private final TestLinks links = new TestLinks(Path.of("."));
    private UpowerOnABus upower;

    @BeforeEach
    void start() throws IOException {
        upower = new UpowerOnABus();
    }

    @AfterEach
    void stop() {
        if (upower != null) upower.close();
    }

    private Session open(String port, Map<String, String> options) throws IOException {
        var driver = new NutUpower(upower.address());
        return driver.open(Settings.of("ups", port, driver.options(), options), links);
    }

    @Test
    void showsWhatUpowerSaysAndAsksAtOnceWhenItChanges() throws IOException {
        try (Session session = open("auto", Map.of())) {
            TestReport report = new TestReport().poll(session);
            assertThat(report.status()).containsExactly("OL");
            assertThat(report.values())
                    .containsEntry("ups.mfr", "Acme")
                    .containsEntry("ups.model", "Home 650")
                    .containsEntry("battery.charge", "93")
                    .containsEntry("battery.voltage", "13.65")
                    .containsEntry("battery.runtime", "1260")
                    .containsEntry("battery.type", "PbAc")
                    .doesNotContainKeys("ups.serial", "battery.temperature");
            upower.set("State", 2);
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
            while (links.wakes() == 0 && System.nanoTime() < end) LockSupport.parkNanos(1_000_000);
            assertThat(links.wakes()).isPositive();
            assertThat(report.poll(session).status()).containsExactly("OB", "DISCHRG");
            upower.set("WarningLevel", 3);
            assertThat(report.poll(session).status()).containsExactly("OB", "DISCHRG", "LB");
            upower.set("TimeToEmpty", 0);
            assertThat(report.poll(session).values()).doesNotContainKey("battery.runtime");
        }
    }

    @Test
    void knowsEveryStateAndRefusesWhatUpowerDoesNotKnow() throws IOException {
        List<String> states = List.of("OL CHRG", "OB DISCHRG", "OB LB", "OL", "OL", "OB");
        try (Session session = open("ups_hiddev0", Map.of())) {
            for (int i = 0; i < states.size(); i++) {
                upower.set("State", i + 1);
                assertThat(String.join(" ", new TestReport().poll(session).status()))
                        .isEqualTo(states.get(i));
            }
            for (int unknown : new int[] {0, 7}) {
                upower.set("State", unknown);
                assertThatIOException()
                        .isThrownBy(() -> new TestReport().poll(session))
                        .withMessageContaining("does not know the state");
            }
            upower.set("IsPresent", 0);
            assertThatIOException()
                    .isThrownBy(() -> new TestReport().poll(session))
                    .withMessageContaining("missing");
        }
    }

    @Test
    void takesTheLimitOfTheSection() throws IOException {
        try (Session session = open("/org/freedesktop/UPower/devices/ups_hiddev0", Map.of("lowbatt", "95"))) {
            TestReport report = new TestReport().poll(session);
            assertThat(report.status()).containsExactly("OL", "LB");
            assertThat(report.values()).containsEntry("battery.charge.low", "95");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> open("auto", Map.of("lowbatt", "101")))
                .withMessageContaining("lowbatt");
    }

    @Test
    void saysWhatIsNotThere() throws IOException {
        assertThatIOException()
                .isThrownBy(() -> open("ups_hiddev7", Map.of()))
                .withMessageContaining("no device ups_hiddev7; it has: line_power_AC, ups_hiddev0");
        try (Session session = open("auto", Map.of())) {
            upower.endService();
            assertThatIOException()
                    .isThrownBy(() -> new TestReport().poll(session))
                    .withMessageContaining("UPower does not tell of");
        }
        assertThatIOException()
                .isThrownBy(() -> open("auto", Map.of()))
                .withMessageContaining("UPower does not answer");
        var nowhere = new NutUpower("unix:path=/nowhere/bus");
        assertThatIOException()
                .isThrownBy(() -> nowhere.open(Settings.of("ups", "auto", nowhere.options(), Map.of()), links))
                .withMessageContaining("/nowhere/bus cannot be reached");
    }
}
