package org.cobnut.drivers.modbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.cobnut.testkit.modbus.ModbusSlave.Table.COIL;
import static org.cobnut.testkit.modbus.ModbusSlave.Table.DISCRETE;
import static org.cobnut.testkit.modbus.ModbusSlave.Table.HOLDING;
import static org.cobnut.testkit.modbus.ModbusSlave.Table.INPUT;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import org.cobnut.model.Outcome;
import org.cobnut.testkit.TestReport;
import org.cobnut.testkit.serial.SerialSimulator.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DriversTest {
    @Test
    void readsAQuint() throws IOException {
        TestReport report = new Bench(Devices.QUINT).poll();
        assertThat(report.status()).containsExactly("OL", "CHRG");
        assertThat(report.alarms()).containsExactly("End of life (Time)", "No Battery");
        assertThat(report.values())
                .containsEntry("device.mfr", "Phoenix Contact")
                .containsEntry("ups.firmware", "544")
                .containsEntry("device.model", "QUINT-UPS/24DC")
                .containsEntry("output.voltage", "24")
                .containsEntry("battery.charge", "95")
                .containsEntry("battery.voltage", "27.300")
                .containsEntry("battery.temperature", "25")
                .containsEntry("battery.runtime", "1800")
                .containsEntry("battery.capacity", "340")
                .containsEntry("output.current", "1.250");
    }

    @Test
    void readsAQuint4OnItsBattery() throws IOException {
        TestReport report = new Bench(Devices.QUINT4).poll();
        assertThat(report.status()).containsExactly("OB", "LB");
        assertThat(report.alarms()).containsExactly("No Battery");
        assertThat(report.values())
                .containsEntry("battery.charge", "80")
                .containsEntry("battery.capacity", "120")
                .containsEntry("output.current", "0.800");
    }

    @Test
    void triesTheSpeedOfATrioWhenTheFirstIsSilent() throws IOException {
        var slave = new org.cobnut.testkit.modbus.ModbusSlave()
                .with(INPUT, 4, 100, 0xbdb3, 0x002b, 0, 0)
                .with(INPUT, 29697, 1, 1, 0, 26_000, 0, 24_400, 0, 0, 0, 8);
        var line = new org.cobnut.testkit.modbus.ModbusRtuSimulator(slave, 192, 19_200);
        var driver = new PhoenixContactModbus();
        try (var session = driver.open(Bench.settings(driver), Bench.links(Path.of("."), line))) {
            TestReport report = new TestReport().poll(session);
            assertThat(report.status()).containsExactly("OB", "LB");
            assertThat(report.values())
                    .containsEntry("battery.voltage", "26.000")
                    .containsEntry("device.model", "TRIO-UPS/1AC/24DC/5")
                    .doesNotContainKey("battery.charge");
            assertThat(report.alarms()).containsExactly("Low Battery (Voltage)");
        }
    }

    @Test
    void goesOnWithAnUnknownPartNumberAndSaysSo() throws IOException {
        var bench = new Bench(Devices.QUINT);
        bench.slave().with(INPUT, 4, 1, 1, 0, 0, 0);
        TestReport report = bench.poll();
        assertThat(report.stale()).hasValue("the device tells no status that this driver knows");
        assertThat(report.value("device.mfr")).hasValue("Phoenix Contact");
    }

    @Test
    void readsAHuawei() throws IOException {
        TestReport report = new Bench(Devices.HUAWEI).poll();
        assertThat(report.status()).containsExactly("OL", "CHRG");
        assertThat(report.values())
                .containsEntry("ups.model", "UPS2000")
                .containsEntry("ups.firmware", "V100R001C01SPC120")
                .containsEntry("ups.serial", "21023123456789")
                .containsEntry("input.voltage", "231.0")
                .containsEntry("output.realpower", "300.0")
                .containsEntry("output.power", "400.0")
                .containsEntry("ups.load", "15.0")
                .containsEntry("ups.power.nominal", "2000")
                .containsEntry("battery.runtime", "5400")
                .containsEntry("battery.charger.status", "charging")
                .containsEntry("ups.beeper.status", "enabled")
                .containsEntry("ups.delay.shutdown", "60");
    }

    @Test
    void tellsAlarmsOfAHuaweiAndOffersNoBypassThatIsBad() throws IOException {
        var bench = new Bench(Devices.HUAWEI);
        assertThat(bench.poll().commands()).contains("bypass.start", "load.on");
        bench.slave()
                .with(HOLDING, 41185, 2)
                .with(HOLDING, 41188, 2)
                .with(HOLDING, 11024, 1)
                .with(HOLDING, 41197, 8);
        TestReport report = bench.poll();
        assertThat(report.status()).contains("BYPASS", "RB", "OVER");
        assertThat(report.alarms())
                .containsExactly(
                        "(ID 10/01): Abnormal bypass voltage!",
                        "(ID 29/01): Battery needs maintenance!",
                        "(ID 66/02): Output overload (110%-130%)!");
        assertThat(report.commands()).doesNotContain("bypass.start", "load.on");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            shutdown.return,          holding 11044 = 1; holding 11047 = 5 3
            shutdown.reboot,          holding 11044 = 1; holding 11047 = 1 3
            shutdown.reboot.graceful, holding 11044 = 1; holding 11047 = 10 3
            shutdown.stayoff,         holding 11044 = 0; holding 11049 = 5
            load.off,                 holding 11045 = 0; holding 11030 = 1
            beeper.toggle,            holding 11046 = 1
            """)
    void sendsCommandsToAHuawei(String command, String written) throws IOException {
        var bench = new Bench(Devices.HUAWEI, "offdelay = 30", "ondelay = 180");
        bench.poll();
        assertThat(bench.session().run(command, "")).isEqualTo(Outcome.handled());
        assertThat(bench.slave().writes()).containsExactly(written.split("; "));
    }

    @Test
    void believesNoBatteryStatusOfAHuaweiThatCannotBe() throws IOException {
        var bench = new Bench(Devices.HUAWEI);
        bench.poll();
        bench.slave().with(HOLDING, 12002, 0);
        assertThatIOException().isThrownBy(bench::poll).withMessageContaining("'0' stands where");
    }

    @Test
    void readsASocomecOfThreePhases() throws IOException {
        TestReport report = new Bench(Devices.SOCOMEC).poll();
        assertThat(report.status()).containsExactly("OL", "CHRG");
        assertThat(report.values())
                .containsEntry("ups.model", "DELPHYS MX")
                .containsEntry("ups.power", "60000")
                .containsEntry("ups.serial", "A234567890")
                .containsEntry("ups.date", "2026/11/30")
                .containsEntry("ups.time", "11:30:15")
                .containsEntry("input.phases", "3")
                .containsEntry("ups.L2.load", "31")
                .containsEntry("output.L3-N.voltage", "231")
                .containsEntry("output.L1.current", "12")
                .containsEntry("battery.voltage", "452.00")
                .containsEntry("ambient.1.temperature", "24")
                .doesNotContainKey("battery.runtime");
    }

    @Test
    void readsASocomecOfOnePhaseOnItsBattery() throws IOException {
        var bench = new Bench(Devices.SOCOMEC);
        bench.slave()
                .with(HOLDING, 0x1077, 12)
                .with(HOLDING, 0x1061, 0xffff, 0xffff)
                .with(HOLDING, 0x1040, 0x0005);
        TestReport battery = bench.poll();
        assertThat(battery.status()).containsExactly("OB", "LB", "CHRG", "OVER");
        assertThat(battery.alarms()).containsExactly("General Alarm present.", "Overload fault.");
        assertThat(battery.values())
                .containsEntry("battery.runtime", "720")
                .containsEntry("input.phases", "1")
                .containsEntry("output.voltage", "229")
                .doesNotContainKey("ups.L2.load");
    }

    @Test
    void hearsOfASocomecThatItsBatteryIsNearItsEnd() throws IOException {
        var bench = new Bench(Devices.SOCOMEC);
        bench.slave().with(HOLDING, 0x1077, 40).with(HOLDING, 0x1020, 0x800f);
        assertThat(bench.poll().status()).contains("OB", "LB");
        bench.slave().with(HOLDING, 0x1020, 0x000f);
        assertThat(bench.poll().status()).contains("OB").doesNotContain("LB");
    }

    @Test
    void readsAnAdelsystem() throws IOException {
        var bench = new Bench(Devices.ADELSYSTEM);
        TestReport report = bench.poll();
        assertThat(report.status()).containsExactly("OL", "CHRG");
        assertThat(report.values())
                .containsEntry("ups.model", "CBI2801224")
                .containsEntry("battery.voltage", "27.10")
                .containsEntry("battery.charge", "95.50")
                .containsEntry("battery.temperature", "25.85")
                .containsEntry("battery.charger.status", "charging")
                .containsEntry("battery.runtime", "45");

        bench.slave()
                .with(HOLDING, 45, 3)
                .with(HOLDING, 5, 0)
                .with(HOLDING, 34, 2)
                .with(HOLDING, 31, 0x30);
        TestReport battery = bench.poll();
        assertThat(battery.status()).containsExactly("OB", "FSD", "LB", "CHRG", "DISCHRG");
        assertThat(battery.alarms())
                .contains("input voltage not available", "battery chemistry not supported", "battery connection fault");
        assertThat(battery.value("battery.charger.status")).hasValue("discharging");

        assertThat(bench.session().run("shutdown.stayoff", "")).isEqualTo(Outcome.handled());
        assertThat(bench.slave().writes()).containsExactly("holding 40 = 1");
    }

    @Test
    void readsAMust() throws IOException {
        var bench = new Bench(Devices.MUST, "lowbatt = 20");
        TestReport report = bench.poll();
        assertThat(report.status()).containsExactly("OL");
        assertThat(report.values())
                .containsEntry("battery.charge.low", "20")
                .containsEntry("battery.charge", "88")
                .containsEntry("input.voltage", "229.5")
                .containsEntry("battery.voltage.high", "28.2")
                .containsEntry("output.frequency.nominal", "50")
                .containsEntry("battery.charger.status", "charging");

        bench.slave()
                .with(HOLDING, 30_002, 3)
                .with(HOLDING, 30_017, 20)
                .with(HOLDING, 30_021, 7)
                .with(HOLDING, 30_019, 4);
        TestReport battery = bench.poll();
        assertThat(battery.status()).containsExactlyInAnyOrder("OB", "LB", "BOOST");
        assertThat(battery.alarms()).containsExactly("[Overload]");
        assertThat(battery.value("battery.charger.status")).hasValue("discharging");

        assertThat(bench.session().set("battery.voltage.low", "21.5")).isEqualTo(Outcome.handled());
        assertThat(bench.session().set("output.frequency.nominal", "60")).isEqualTo(Outcome.handled());
        assertThat(bench.session().run("shutdown.return", "")).isEqualTo(Outcome.handled());
        assertThat(bench.slave().writes())
                .containsExactly("holding 31002 = 215", "holding 31000 = 1", "holding 32002 = 1");
    }

    @Test
    void refusesALimitOfAMustThatIsNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Bench(Devices.MUST, "lowbatt = 120"))
                .withMessage("option 'lowbatt' is 1 to 99, not 120");
    }

    @Test
    void readsContactsWhereTheSectionSaysTheyAre() throws IOException {
        var bench = new Bench(Devices.GENERIC, "device_mfr = ACME", "FSD_pulse_duration = 5");
        TestReport report = bench.poll();
        assertThat(report.status()).containsExactly("OL", "HB");
        assertThat(report.values())
                .containsOnly(
                        Map.entry("device.mfr", "ACME"),
                        Map.entry("device.model", "unknown"),
                        Map.entry("battery.charger.status", "resting"));

        bench.slave().with(DISCRETE, 1, 0, 1, 0).with(HOLDING, 7, 0);
        TestReport battery = bench.poll();
        assertThat(battery.status()).containsExactly("OB", "DISCHRG", "LB", "RB");
        assertThat(battery.alarms()).containsExactly("Low Battery (Charge)", "Replace Battery");
        assertThat(battery.value("battery.charger.status")).hasValue("discharging");

        assertThat(bench.session().run("load.off", "")).isEqualTo(Outcome.handled());
        assertThat(bench.slave().writes()).containsExactly("coil 9 = 1", "coil 9 = 0");
    }

    @Test
    void keepsTheShutdownContactClosedWithoutAPulse() throws IOException {
        var bench = new Bench(Devices.GENERIC);
        bench.slave().with(COIL, 9, 0);
        bench.poll();
        assertThat(bench.session().run("shutdown.default", "")).isEqualTo(Outcome.handled());
        assertThat(bench.slave().writes()).containsExactly("coil 9 = 1");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            OL_addr = x,                 wants a number
            OL_addr = 70000,             0 to 65535
            OL_regtype = 7,              0 to 3
            FSD_regtype = 1,             nothing else can be written
            ser_parity = Q,              a parity is N
            """)
    void refusesOptionsThatMakeNoSense(String line, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Bench(Devices.GENERIC, line))
                .withMessageContaining(reason);
    }

    @ParameterizedTest
    @EnumSource(Devices.class)
    void failsAPollOfASilentDeviceAndGoesOn(Devices device) throws IOException {
        var bench = new Bench(device);
        var before = bench.poll().values();
        for (Fault fault : new Fault[] {Fault.SILENCE, Fault.HALF, Fault.CORRUPT}) {
            bench.line().fault(fault);
            assertThatIOException().as("%s", fault).isThrownBy(bench::poll);
        }
        bench.line().fault(Fault.NONE);
        assertThat(bench.poll().values()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource(Devices.class)
    void failsAPollOfABusyDeviceAndGoesOn(Devices device) throws IOException {
        var bench = new Bench(device);
        var before = bench.poll().values();
        bench.slave().refuse(OptionalInt.of(6));
        assertThatIOException().isThrownBy(bench::poll).withMessageContaining("device busy");
        bench.slave().refuse(OptionalInt.empty());
        assertThat(bench.poll().values()).isEqualTo(before);
    }
}
