package org.cobnut.drivers.hwmon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.testkit.TestLinks;
import org.cobnut.testkit.TestReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Ina219SessionTest {
    @TempDir
    Path chips;

    private Session open(String port, Map<String, String> options) throws IOException {
        var driver = new HwmonIna219(chips);
        return driver.open(Settings.of("pi", port, driver.options(), options), new TestLinks(chips));
    }

    @ParameterizedTest
    @CsvSource({
        "4150,   250, OL CHRG,       100",
        "4200,     0, OL,            100",
        "3575,  -800, OB DISCHRG,    50",
        "3100,  -900, OB DISCHRG LB, 9",
        "2800,  -900, OB DISCHRG LB, 0",
        "3100,   300, OL CHRG LB,    9",
    })
    void tellsTheBatteryByVoltageAndCurrent(String millivolts, String milliamperes, String status, String charge)
            throws IOException {
        new Sysfs(chips).chip("hwmon0", "ina219", millivolts, milliamperes);
        TestReport report = new TestReport().poll(open("auto", Map.of()));
        assertThat(String.join(" ", report.status())).isEqualTo(status);
        assertThat(report.values()).containsEntry("battery.charge", charge);
    }

    @Test
    void showsWhatIsMeasured() throws IOException {
        new Sysfs(chips).chip("hwmon0", "coretemp", "1", "1");
        new Sysfs(chips).chip("hwmon1", "ina219", "3900", "-1234");
        assertThat(new TestReport().poll(open("auto", Map.of())).values())
                .containsEntry("battery.voltage", "3.900")
                .containsEntry("battery.current", "-1.234")
                .containsEntry("battery.charge.low", "15");
    }

    @Test
    void takesTheFolderAndTheLimitsOfTheSection() throws IOException {
        new Sysfs(chips).chip("hwmon0", "ina219", "3900", "0");
        Path second = new Sysfs(chips).chip("hwmon1", "ina219", "7560", "-10");
        Session session = open(second.toString(), Map.of("voltage_low", "6.0", "voltage_high", "8.4", "lowbatt", "70"));
        TestReport report = new TestReport().poll(session);
        assertThat(report.values())
                .containsEntry("battery.charge", "65")
                .containsEntry("battery.voltage.high", "8.400");
        assertThat(report.status()).containsExactly("OB", "DISCHRG", "LB");
    }

    @Test
    void saysWhatIsMissingOrWrong() throws IOException {
        assertThatIOException().isThrownBy(() -> open("auto", Map.of())).withMessageContaining("no INA219 is there");
        Path chip = new Sysfs(chips).chip("hwmon0", "ina219", "3900", "0");
        assertThatIOException().isThrownBy(() -> open("/nowhere", Map.of())).withMessageContaining("/nowhere");
        Session session = open("auto", Map.of());
        Files.writeString(chip.resolve("in1_input"), "much\n");
        assertThatIOException()
                .isThrownBy(() -> new TestReport().poll(session))
                .withMessageContaining("in1_input holds 'much'");
        Files.delete(chip.resolve("in1_input"));
        assertThatIOException().isThrownBy(() -> new TestReport().poll(session)).withMessageContaining("has gone");
        for (Map<String, String> wrong :
                java.util.List.of(Map.of("voltage_low", "low"), Map.of("voltage_low", "4.2"), Map.of("lowbatt", "101")))
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> open("auto", wrong))
                    .withMessageContaining("option '");
    }
}
