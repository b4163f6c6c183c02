package org.cobnut.web.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.cobnut.model.Health;
import org.cobnut.web.device.Device;
import org.cobnut.web.device.Devices;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpsMetricsTest {
    private static final Path PROMTOOL = Path.of("/usr/bin/promtool");
    private static final Path DOCS = Path.of("../../docs/prometheus").toAbsolutePath();

    private static final Device DEMO = Devices.fresh(
            "demo",
            "battery.charge",
            "97.5",
            "battery.runtime",
            "2700",
            "device.model",
            "Say \"hello\\\nthere\"",
            "driver.parameter.password",
            "1234",
            "input.L1-N.voltage",
            "231",
            "ups.beeper.status",
            "enabled",
            "ups.firmware",
            "1.2.3",
            "ups.serial",
            "S1",
            "ups.status",
            "OL CHRG ECO");
    private static final Device LOST =
            Devices.device("lost", new Health.Stale(Instant.EPOCH, "silence"), "battery.charge", "50");

    @Test
    void namesAndShapesAreThoseOfNutExporter() {
        assertThat(text(List.of(DEMO, LOST), List.of(), List.of(), false).lines())
                .contains(
                        "network_ups_tools_up{ups=\"demo\"} 1",
                        "network_ups_tools_device_info{ups=\"demo\",model=\"Say \\\"hello\\\\\\nthere\\\"\",serial=\"S1\"} 1",
                        "# TYPE network_ups_tools_battery_charge gauge",
                        "# HELP network_ups_tools_battery_charge About battery.charge",
                        "network_ups_tools_battery_charge{ups=\"demo\"} 97.5",
                        "network_ups_tools_battery_runtime{ups=\"demo\"} 2700",
                        "network_ups_tools_input_l1_n_voltage{ups=\"demo\"} 231",
                        "network_ups_tools_ups_beeper_status{ups=\"demo\"} 1")
                .filteredOn(line -> line.contains("ups_status"))
                .anyMatch(line -> line.contains("flag=\"OL\"") && line.endsWith(" 1"))
                .anyMatch(line -> line.contains("flag=\"OB\"") && line.endsWith(" 0"))
                .anyMatch(line -> line.contains("flag=\"ECO\"") && line.endsWith(" 1"));
    }

    @Test
    void whatIsNoNumberAndWhatIsSecretIsNotExported() {
        assertThat(text(List.of(DEMO), List.of(), List.of(), false)).doesNotContain("1234", "1.2.3", "password");
    }

    @Test
    void ofAStaleDeviceOnlyThatIsTold() {
        assertThat(text(List.of(DEMO, LOST), List.of(), List.of(), false)
                        .lines()
                        .filter(line -> line.contains("lost")))
                .containsExactly("network_ups_tools_up{ups=\"lost\"} 0");
    }

    @Test
    void theListsOfARequestLimitFlagsAndVariables() {
        String text = text(List.of(DEMO), List.of("OL", "OB"), List.of("battery.charge"), false);
        assertThat(text).contains("battery_charge").doesNotContain("battery_runtime", "flag=\"LB\"");
    }

    @Test
    void openMetricsNamesACounterWithoutItsEndingAndHasAnEnd() {
        var metrics = new MetricFamilies();
        metrics.counter("cobnut_tries_total", "Tries", 3);
        assertThat(metrics.text(true))
                .isEqualTo("# HELP cobnut_tries Tries\n# TYPE cobnut_tries counter\ncobnut_tries_total 3\n# EOF\n");
        assertThat(metrics.text(false)).contains("# TYPE cobnut_tries_total counter");
    }

    @Test
    void promtoolFindsNoFaultInThem(@TempDir Path folder) throws Exception {
        assumeTrue(Files.isExecutable(PROMTOOL), "Debian's package prometheus is not here");
        var metrics =
                Files.writeString(folder.resolve("metrics"), text(List.of(DEMO, LOST), List.of(), List.of(), false));
        var check = new ProcessBuilder(PROMTOOL.toString(), "check", "metrics").redirectInput(metrics.toFile());
        String said = said(check);
        // What nut_exporter names without a unit stays so named.
        assertThat(said.lines()
                        .filter(line -> !line.contains("non-histogram and non-summary") && !line.contains("unit")))
                .isEmpty();
    }

    @Test
    void promtoolTakesTheAlertsAndTheirTestAndTheyNameMetricsThatThereAre() throws Exception {
        String rules = Files.readString(DOCS.resolve("alerts.yml"));
        String there = text(List.of(DEMO, LOST), List.of(), List.of(), false);
        for (String name :
                List.of("network_ups_tools_up", "network_ups_tools_ups_status", "network_ups_tools_battery_runtime"))
            assertThat(name)
                    .satisfies(metric -> assertThat(rules).contains(metric))
                    .isSubstringOf(there);
        assumeTrue(Files.isExecutable(PROMTOOL), "Debian's package prometheus is not here");
        assertThat(said(new ProcessBuilder(
                        PROMTOOL.toString(),
                        "check",
                        "rules",
                        DOCS.resolve("alerts.yml").toString())))
                .contains("SUCCESS");
        assertThat(said(new ProcessBuilder(
                        PROMTOOL.toString(),
                        "test",
                        "rules",
                        DOCS.resolve("alerts.test.yml").toString())))
                .contains("SUCCESS");
    }

    private static String said(ProcessBuilder builder) throws IOException, InterruptedException {
        Process process = builder.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return said;
    }

    private static String text(List<Device> devices, List<String> flags, List<String> variables, boolean open) {
        var metrics = new MetricFamilies();
        new UpsMetrics(flags, variables, name -> "About " + name).add(metrics, devices);
        return metrics.text(open);
    }
}
