package org.cobnut.drivers.usbhid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.cobnut.driver.Due;
import org.cobnut.driver.Session;
import org.cobnut.drivers.usbhid.subdriver.Subdrivers;
import org.cobnut.model.Outcome;
import org.cobnut.testkit.TestLinks;
import org.cobnut.testkit.TestReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Devices in memory, asked as the runtime asks them. */
class UsbhidUpsTest {
    @Test
    void readsAnEatonUnit() throws IOException {
        var report = new TestReport();
        try (Session session = Bench.open(TestUps.santak())) {
            for (int i = 0; i < 4; i++) report.poll(session); // this unit refuses much of what it declares
        }
        assertThat(report.status()).containsExactly("OL", "CHRG");
        assertThat(report.alarms()).isEmpty();
        assertThat(report.values())
                .containsEntry("ups.mfr", "SANTAK")
                .containsEntry("ups.model", "TG-BOX 850")
                .containsEntry("ups.serial", "G00000000001")
                .containsEntry("ups.vendorid", "0463")
                .containsEntry("ups.productid", "ffff")
                .containsEntry("driver.version.data", "MGE HID 1")
                .containsEntry("battery.charge", "100")
                .containsEntry("battery.runtime", "1248")
                .containsEntry("battery.charge.low", "20")
                .containsEntry("ups.load", "24")
                .containsEntry("ups.power.nominal", "850")
                .containsEntry("output.frequency.nominal", "50")
                .containsEntry("output.voltage", "230.0")
                .containsEntry("output.voltage.nominal", "220")
                .containsEntry("input.transfer.high", "264")
                .containsEntry("input.transfer.low", "184")
                .containsEntry("ups.realpower", "163")
                .containsEntry("ups.beeper.status", "enabled");
    }

    @Test
    void readsAnApcUnit() throws IOException {
        TestReport report = Bench.poll(TestUps.apc());
        assertThat(report.status()).containsExactly("OL");
        assertThat(report.values())
                .containsEntry("ups.mfr", "American Power Conversion")
                .containsEntry("ups.model", "Back-UPS RS 1000G")
                .containsEntry("ups.firmware", "868.L1 -P.D")
                .containsEntry("ups.firmware.aux", "L1")
                .containsEntry("battery.charge", "100")
                .containsEntry("battery.charge.low", "10")
                .containsEntry("battery.runtime", "2860")
                .containsEntry("battery.voltage", "27.0")
                .containsEntry("battery.voltage.nominal", "24.0")
                .containsEntry("battery.type", "PbAc")
                .containsEntry("battery.date", "2001/09/25")
                .containsEntry("input.voltage", "234.0")
                .containsEntry("input.sensitivity", "medium")
                .containsEntry("ups.realpower.nominal", "600")
                .containsEntry("ups.load", "18")
                .containsEntry("ups.timer.shutdown", "-1")
                .containsEntry("ups.timer.reboot", "0")
                .containsEntry("ups.test.result", "No test initiated")
                .containsEntry("ups.delay.shutdown", "20")
                .doesNotContainKey("ups.delay.start");
        assertThat(report.commands())
                .contains("load.off", "load.off.delay", "shutdown.reboot", "shutdown.stop", "beeper.mute")
                .doesNotContain("load.on", "shutdown.return", "shutdown.stayoff");
    }

    @Test
    void asksForEachReportOncePerPollAndForFewBetweenFullOnes() throws IOException {
        TestUps ups = TestUps.apc();
        try (Session session = Bench.open(ups)) {
            var report = new TestReport().poll(session);
            assertThat(ups.log()).doesNotHaveDuplicates().hasSizeGreaterThan(20);
            report.poll(session, Due.QUICK);
            assertThat(ups.log()).containsExactlyInAnyOrder("get 06", "get 15", "get 16", "get 40");
        }
    }

    @Test
    void publishesWhatTheDeviceSendsByItselfAndAsksForNothing() throws IOException {
        TestUps ups = TestUps.apc();
        try (Session session = Bench.open(ups)) {
            var report = new TestReport().poll(session);
            ups.log();
            ups.input("16 0a 00 00 00").input("0c 5f 10 0b");
            report.poll(session, Due.EVENT);
            assertThat(ups.log()).isEmpty();
            assertThat(report.status()).containsExactly("OB", "DISCHRG");
            assertThat(report.values()).containsEntry("battery.charge", "95").containsEntry("battery.runtime", "2832");
            report.poll(session, Due.QUICK);
            assertThat(report.status())
                    .as("what it answers when it is asked counts again")
                    .containsExactly("OL");
        }
    }

    @Test
    void leavesOutWhatTheDeviceSaysThatItDoesNotKnow() throws IOException {
        TestUps ups = TestUps.apc()
                .feature("0c 64 ff ff")
                .feature("23 ff ff")
                .feature("31 ff ff")
                .feature("15 ff ff");
        assertThat(Bench.poll(ups).values())
                .doesNotContainKeys("battery.runtime", "input.voltage")
                .containsEntry("battery.charge", "100")
                .containsEntry("ups.timer.shutdown", "-1");
    }

    @ParameterizedTest
    @CsvSource({
        "ff, 2c 0b, '', 2860", // no charge
        "64, ff ff, 100, ''", // no run time
    })
    void leavesOutAChargeAndARunTimeOfOnes(String charge, String runtime, String shown, String seconds)
            throws IOException {
        TestUps ups = TestUps.apc().feature("0c " + charge + " " + runtime).without(0x23);
        var values = Bench.poll(ups).values();
        assertThat(values.getOrDefault("battery.charge", "")).isEqualTo(shown);
        assertThat(values.getOrDefault("battery.runtime", "")).isEqualTo(seconds);
    }

    @Test
    void neverShowsAChargeThatIsThereForOneReadingOnly() throws IOException {
        TestUps ups = TestUps.apc();
        try (Session session = Bench.open(ups)) {
            var report = new TestReport().poll(session);
            assertThat(report.values()).containsEntry("battery.charge", "100").containsEntry("battery.runtime", "2860");
            ups.feature("0c 03 2c 00");
            report.poll(session, Due.FULL);
            assertThat(report.values()).containsEntry("battery.charge", "100").containsEntry("battery.runtime", "2860");
            ups.feature("0c 64 2c 0b");
            report.poll(session, Due.QUICK);
            assertThat(report.values()).containsEntry("battery.charge", "100").containsEntry("battery.runtime", "2860");
            ups.input("0c 03 2c 00"); // the device sends it by itself: memory of it confirms nothing
            report.poll(session, Due.EVENT);
            report.poll(session, Due.EVENT);
            assertThat(report.values()).containsEntry("battery.charge", "100");
        }
    }

    @Test
    void takesAChargeThatHasFallenFromTheNextReadingOn() throws IOException {
        TestUps ups = TestUps.apc();
        try (Session session = Bench.open(ups)) {
            var report = new TestReport().poll(session);
            ups.feature("0c 03 2c 00");
            report.poll(session, Due.FULL);
            report.poll(session, Due.QUICK);
            assertThat(report.values()).containsEntry("battery.charge", "3").containsEntry("battery.runtime", "44");
        }
    }

    @Test
    void hidesNothingOfAnOutage() throws IOException {
        TestUps ups = TestUps.apc();
        try (Session session = Bench.open(ups)) {
            var report = new TestReport().poll(session);
            ups.feature("0c 03 2c 00").feature("16 0a 00 00 00");
            report.poll(session, Due.FULL);
            assertThat(report.status()).contains("OB").doesNotContain("OL");
            assertThat(report.values()).containsEntry("battery.charge", "3").containsEntry("battery.runtime", "44");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "shutdown.reboot, '', set 40 01",
        "shutdown.stop, '', set 15 ff ff",
        "load.off, '', set 15 00 00",
        "load.off.delay, '', set 15 14 00",
        "load.off.delay, 300, set 15 2c 01",
        "test.battery.start.deep, '', set 21 02",
        "beeper.disable, '', set 18 01"
    })
    void writesCommands(String command, String argument, String written) throws IOException {
        TestUps ups = TestUps.apc();
        try (Session session = Bench.open(ups)) {
            new TestReport().poll(session);
            ups.log();
            assertThat(session.run(command, argument)).isEqualTo(Outcome.handled());
            assertThat(ups.log()).filteredOn(line -> line.startsWith("set")).containsExactly(written);
        }
    }

    @Test
    void writesTheWaitsOfEatonInTheirOrder() throws IOException {
        TestUps ups = TestUps.santak();
        try (Session session = Bench.open(ups, "ondelay = 70")) {
            var report = new TestReport().poll(session);
            assertThat(report.values()).containsEntry("ups.delay.start", "70").containsEntry("ups.timer.start", "-1");
            assertThat(session.set("ups.delay.shutdown", "40")).isEqualTo(Outcome.handled());
            for (String command : List.of("shutdown.return", "shutdown.stayoff", "load.on", "shutdown.default")) {
                ups.log();
                assertThat(session.run(command, "")).isEqualTo(Outcome.handled());
                assertThat(ups.log())
                        .filteredOn(line -> line.startsWith("set"))
                        .isEqualTo(
                                switch (command) {
                                    case "shutdown.stayoff" -> List.of("set 0a ff ff ff ff", "set 09 28 00 00 00");
                                    case "load.on" -> List.of("set 0a 00 00 00 00");
                                    default -> List.of("set 0a 46 00 00 00", "set 09 28 00 00 00");
                                });
            }
        }
    }

    @Test
    void writesASettingAndReadsWhatTheDeviceKept() throws IOException {
        TestUps ups = TestUps.apc();
        try (Session session = Bench.open(ups)) {
            var report = new TestReport().poll(session);
            assertThat(report.type("input.sensitivity").choices()).containsExactly("low", "medium", "high");
            assertThat(session.set("input.sensitivity", "high")).isEqualTo(Outcome.handled());
            assertThat(session.set("battery.mfr.date", "2025/07/31")).isEqualTo(Outcome.handled());
            assertThat(session.set("input.transfer.high", "500").code()).isEqualTo(Outcome.Code.INVALID);
            report.poll(session, Due.QUICK);
            assertThat(report.values())
                    .containsEntry("input.sensitivity", "high")
                    .containsEntry("battery.mfr.date", "2025/07/31")
                    .containsEntry("input.transfer.high", "138");
        }
    }

    @Test
    void triesNothingElseAfterAShutdownThatTheDeviceMayHaveTaken() throws IOException {
        TestUps ups = TestUps.apc();
        try (Session session = Bench.open(ups)) {
            new TestReport().poll(session);
            ups.silent(0x40, true);
            ups.log();
            Outcome outcome = session.run("shutdown.default", "");
            assertThat(outcome.code()).isEqualTo(Outcome.Code.FAILED);
            assertThat(ups.log()).noneMatch(line -> line.startsWith("set 15"));
        }
    }

    @ParameterizedTest
    @CsvSource({"'', OL DISCHRG", "onlinedischarge_onbattery, OB DISCHRG", "onlinedischarge_calibration, OL DISCHRG CAL"
    })
    void takesABatteryThatDischargesOnLineAsTheSectionSays(String option, String status) throws IOException {
        TestUps ups = TestUps.apc().feature("16 0e 00 00 00");
        String[] lines = option.isEmpty() ? new String[0] : new String[] {option};
        assertThat(Bench.poll(ups, lines).status()).containsExactly(status.split(" "));
    }

    @Test
    void widensTheLimitsThatApcDeclaresWrong() throws IOException {
        var ups = new TestUps(
                0x051d,
                0x0002,
                Descriptors.of(
                        "05 84 09 04 a1 01 09 1a a1 00 75 10 95 01 15 00 26 ff 00 67 21 d1 f0 00 55 07",
                        "85 31 09 30 b1 a2 26 2c 01 85 33 09 54 b1 a2 c0 c0"));
        ups.feature("31 0a 01").feature("33 18 01").strings("APC", "Back-UPS", "1");
        assertThat(Bench.poll(ups).values()).containsEntry("input.voltage", "266.0");
        assertThat(Bench.poll(ups, "disable_fix_report_desc").values()).containsEntry("input.voltage", "10.0");
    }

    @Test
    void takesADeviceOfNoTableOnlyWhenTheSectionAsksForIt() throws IOException {
        var ups = new TestUps(0x1234, 0x0001, TestUps.descriptor("mge-0463-ffff-santak-tg-box-850"));
        ups.feature("01 25 00 00").feature("06 32 e0 04 00 00").strings("Nobody", "Box", "7");
        assertThat(Bench.poll(ups, "explore", "vendorid = 1234").values())
                .containsEntry("battery.charge", "50")
                .containsEntry("ups.model", "Box");
        assertThatThrownBy(() -> Bench.poll(ups, "explore"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("vendorid");
        assertThatIOException()
                .isThrownBy(() -> Bench.poll(ups, "subdriver = nosuch"))
                .withMessageContaining("nosuch");
    }

    @Test
    void drawsTheTreeOfADevice() throws Exception {
        var devices = new OpenDevices();
        var wanted = new Semaphore(0);
        var config = Config.of(Bench.settings(new UsbhidUps()));
        TestUps ups = TestUps.santak();
        var opened = devices.open(
                OpenDevice.of(ups.link(), Subdrivers.SHIPPED.named("mge").orElseThrow(), config),
                config,
                false,
                wanted::release);
        try (Session session = opened.session()) {
            var tree = CompletableFuture.supplyAsync(() -> text(devices));
            wanted.acquire(); // the request is made, and the device woken
            new TestReport().poll(session);
            assertThat(tree.get())
                    .contains(
                            "UPS\n  BatterySystem\n",
                            "    RemainingCapacity = 100  (feature report 06, bits 0-7, 0 to 255")
                    .contains("not answered: ");
        }
        assertThatThrownBy(() -> devices.tree("ups")).hasMessageContaining("nutctl list");
    }

    private static String text(OpenDevices devices) {
        try {
            return devices.tree("ups");
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Test
    void readsTheDeviceAnewOnAnotherMappingWithoutARestart() throws IOException {
        var driver = new UsbhidUps();
        var links = new TestLinks(Path.of("")).with("auto", TestUps.santak().link());
        try (Session session = driver.open(Bench.settings(driver, "subdriver = explore"), links)) {
            assertThat(new TestReport().poll(session).values()).containsEntry("driver.version.data", "EXPLORE HID 1");
        }
    }
}
