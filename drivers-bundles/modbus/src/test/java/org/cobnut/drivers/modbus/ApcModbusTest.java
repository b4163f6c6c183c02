package org.cobnut.drivers.modbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.cobnut.testkit.modbus.ModbusSlave.Table.HOLDING;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.cobnut.driver.Settings;
import org.cobnut.model.Outcome;
import org.cobnut.testkit.TestLinks;
import org.cobnut.testkit.TestReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** apc_modbus on a simulated Smart-UPS. */
class ApcModbusTest {
    @Test
    void readsASmartUps() throws IOException {
        var bench = new Bench(Devices.APC);
        TestReport report = bench.poll();

        assertThat(report.status()).containsExactly("OL");
        assertThat(report.alarms()).isEmpty();
        assertThat(report.values())
                .containsEntry("ups.mfr", "American Power Conversion")
                .containsEntry("ups.model", "Smart-UPS 1500")
                .containsEntry("ups.firmware", "UPS 09.3")
                .containsEntry("ups.serial", "AS1234567890")
                .containsEntry("ups.id", "rack")
                .containsEntry("ups.mfr.date", "2016-06-05")
                .containsEntry("battery.date", "2019-03-02")
                .containsEntry("battery.charge", "100.00")
                .containsEntry("battery.runtime", "3600")
                .containsEntry("battery.voltage", "27.50")
                .containsEntry("battery.temperature", "25.00")
                .containsEntry("ups.load", "25.00")
                .containsEntry("ups.realpower", "250.00")
                .containsEntry("ups.power", "432.00")
                .containsEntry("output.current", "2.50")
                .containsEntry("output.voltage", "230.00")
                .containsEntry("output.frequency", "50.00")
                .containsEntry("input.voltage", "231.00")
                .containsEntry("ups.efficiency", "NotAvailable")
                .containsEntry("ups.timer.shutdown", "-1")
                .containsEntry("ups.test.result", "Passed, Source: Protocol")
                .containsEntry("input.transfer.reason", "AcceptableInput")
                .containsEntry("outlet.group.count", "2")
                .containsEntry("outlet.group.0.status", "on")
                .containsEntry("outlet.group.1.name", "Group 1")
                .containsEntry("outlet.group.1.status", "off")
                .containsEntry("outlet.group.1.delay.start", "20")
                .containsEntry("experimental.ups.mode.buzzwords", "vendor:apc:HE")
                .doesNotContainKeys("outlet.group.2.name", "outlet.group.3.delay.reboot");
        assertThat(report.commands())
                .contains("shutdown.return", "outlet.1.load.off")
                .doesNotContain("outlet.2.load.off");
    }

    @Test
    void readsNeighboursInOneRequest() throws IOException {
        var bench = new Bench(Devices.APC);
        bench.poll();
        bench.slave().reads();
        bench.poll();
        assertThat(bench.slave().reads()).hasSizeLessThanOrEqualTo(9);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            load.off,                 '', holding 1538 = 0 260
            load.on,                  '', holding 1538 = 0 258
            shutdown.return,          '', holding 1538 = 0 392
            shutdown.stayoff,         '', holding 1538 = 0 388
            shutdown.default,         '', holding 1538 = 0 392
            outlet.1.load.cycle,      '', holding 1538 = 0 528
            test.battery.start,       '', holding 1541 = 1
            bypass.start,             '', holding 1536 = 0 16
            beeper.mute,              '', holding 1543 = 4
            """)
    void sendsCommandsToASmartUps(String command, String argument, String written) throws IOException {
        var bench = new Bench(Devices.APC);
        bench.poll();
        assertThat(bench.session().run(command, argument)).isEqualTo(Outcome.handled());
        assertThat(bench.slave().writes()).containsExactly(written);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            ups.id,               cellar,     holding 596 = 25445 27756 24946 0 0 0 0 0, cellar
            battery.date,         2026-11-30, holding 595 = 9830,                        2026-11-30
            ups.delay.shutdown,   120,        holding 1029 = 120,                        120
            ups.delay.reboot,     70000,      holding 1031 = 1 4464,                     70000
            input.transfer.high,  260,        holding 1026 = 260,                        260
            """)
    void setsVariablesOfASmartUps(String variable, String value, String written, String shown) throws IOException {
        var bench = new Bench(Devices.APC);
        assertThat(bench.poll().type(variable).writable()).isTrue();
        assertThat(bench.session().set(variable, value)).isEqualTo(Outcome.handled());
        assertThat(bench.slave().writes()).containsExactly(written);
        assertThat(bench.poll().value(variable)).hasValue(shown);
    }

    @Test
    void refusesValuesThatFitIntoNoRegister() throws IOException {
        var bench = new Bench(Devices.APC);
        bench.poll();
        assertThat(bench.session().set("battery.date", "soon").code()).isEqualTo(Outcome.Code.INVALID);
        assertThat(bench.session().set("ups.delay.shutdown", "40000").code()).isEqualTo(Outcome.Code.INVALID);
        assertThat(bench.slave().writes()).isEmpty();
    }

    @Test
    void tellsEachConditionOfASmartUps() throws IOException {
        var bench = new Bench(Devices.APC);
        bench.slave()
                .with(HOLDING, 0, 0x20, 0x00e4)
                .with(HOLDING, 18, 2)
                .with(HOLDING, 22, 5)
                .with(HOLDING, 24, 2);
        bench.slave().with(HOLDING, 150, 0x20);
        TestReport report = bench.poll();
        assertThat(report.status()).containsExactly("OB", "TEST", "OVER", "LB", "RB", "CAL", "BOOST");
        assertThat(report.alarms()).containsExactly("General fault", "Input not acceptable", "Battery disconnected");
    }

    @ParameterizedTest
    @CsvSource({"ups.example, tcp:ups.example:502", "ups.example:1502, tcp:ups.example:1502", "::1, tcp:[::1]:502"})
    void reachesAHostByTcp(String port, String opened) {
        var driver = new ApcModbus();
        assertThatIOException()
                .isThrownBy(() ->
                        driver.open(Settings.of("u", port, driver.options(), Map.of()), new TestLinks(Path.of("."))))
                .withMessage("there is no ModbusLink for port " + opened);
    }

    @ParameterizedTest
    @ValueSource(strings = {"serial", "tcp"})
    void saysThatItFindsNoneOfTheseByItself(String type) {
        var driver = new ApcModbus();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> driver.open(
                        Settings.of("u", "auto", driver.options(), Map.of("porttype", type)),
                        new TestLinks(Path.of("."))))
                .withMessageContaining("port = auto finds no such device");
    }
}
