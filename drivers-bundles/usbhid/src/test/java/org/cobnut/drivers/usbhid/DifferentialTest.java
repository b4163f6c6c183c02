package org.cobnut.drivers.usbhid;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.cobnut.driver.Session;
import org.cobnut.drivers.usbhid.subdriver.Subdrivers;
import org.cobnut.testkit.DebianDriver;
import org.cobnut.testkit.DriverFacts;
import org.cobnut.testkit.FieldDumps;
import org.cobnut.testkit.TestReport;
import org.cobnut.testkit.usb.UsbBus;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same UPS read by Debian's usbhid-ups 2.8.0 and by us: values, commands, and what can be set. What differs is listed, with
 * why, in docs/drivers/usbhid-ups.md; a difference that is not listed fails here, and so does one that is no longer there.
 */
@EnabledOnOs(OS.LINUX)
@Timeout(120)
class DifferentialTest {
    private static final boolean LONG = Boolean.getBoolean("cobnut.long");
    private static final Path PAGE = Path.of("../../docs/drivers/usbhid-ups.md");

    @ParameterizedTest
    @MethodSource("recorded")
    void differsFromTheCDriverOnlyAsDocumented(String unit) throws IOException {
        compare(unit);
    }

    @ParameterizedTest
    @MethodSource("subdrivers")
    void differsFromEachSubdriverOnlyAsDocumented(String unit) throws IOException {
        Assumptions.assumeTrue(LONG, "only with -Dcobnut.long=true");
        compare(unit);
    }

    static List<String> recorded() {
        return List.of("recorded-mge", "recorded-apc", "cps");
    }

    /** Mappings that C has a subdriver for. */
    static List<String> subdrivers() {
        return List.of(
                "mge",
                "apc",
                "belkin",
                "tripplite",
                "idowell",
                "powercom",
                "openups",
                "delta_ups",
                "salicru",
                "ever",
                "legrand",
                "liebert",
                "powervar",
                "arduino",
                "explore");
    }

    /** Real units again, whose descriptors or values came with dumps: here C reads them on the same bus as ours. */
    @ParameterizedTest
    @CsvSource({
        "c-cs500, APC/APC__Back-UPS_CS_500__usbhid-ups__2.8.0__01.dev",
        "c-bk650, APC/APC__Back-UPS_BK650M2-CH__usbhid-ups__2.8.0__01.dev",
        "c-vi2200, PowerWalker/PowerWalker__VI_2200_SH__usbhid-ups__2.7.4__01.dev",
        "c-ippon, Ippon/Ippon__Smart_Power_Pro_II_1200__usbhid-ups__2.7.4__01.dev"
    })
    void differsOnTheUnitsOfDumpsOnlyAsDocumented(String unit, String file) throws IOException {
        Assumptions.assumeTrue(LONG, "only with -Dcobnut.long=true");
        Path dump = FieldDumps.folder().resolve(file);
        Assumptions.assumeTrue(Files.exists(dump), "the dumps are not here");
        compare(unit, new DumpedUps(dump).ups());
    }

    private static void compare(String unit) throws IOException {
        compare(unit, unit(unit));
    }

    private static void compare(String unit, TestUps ups) throws IOException {
        Assumptions.assumeTrue(DebianDriver.installed("usbhid-ups"), "Debian's NUT is not installed");
        Path folder = Files.createTempDirectory("hid");
        DriverFacts theirs;
        try (var bus = UsbBus.start()) {
            bus.plug("1-1", ups.device());
            try (var driver = DebianDriver.start(folder, bus.environment(), "usbhid-ups", "auto", options(unit))) {
                theirs = settled(driver);
            }
        }
        assertThat(theirs.differences(ours(ups, ourOptions(unit))))
                .as(unit)
                .isEqualTo(DriverFacts.documented(PAGE, unit));
    }

    private static String[] options(String unit) {
        return switch (unit) {
            case "salicru" -> new String[] {"pollfreq = 1", "productid = 0101"};
            case "liebert", "c-vi2200", "c-ippon" -> new String[] {"pollfreq = 1", "productid = ffff"};
            case "explore" -> new String[] {"pollfreq = 1", "explore", "vendorid = 1234"};
            default -> new String[] {"pollfreq = 1"};
        };
    }

    /** What makes us take the mapping that C takes. */
    private static String[] ourOptions(String unit) {
        return switch (unit) {
            case "liebert", "c-vi2200", "c-ippon" -> new String[] {"subdriver = liebert"};
            case "explore" -> new String[] {"explore", "vendorid = 1234"};
            default -> new String[0];
        };
    }

    /** C raises alarms in its second full poll only; the units of the short test have none. */
    private static DriverFacts settled(DebianDriver driver) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONG ? 4 : 0);
        DriverFacts facts = driver.facts();
        while (!facts.facts().containsKey("ups.alarm") && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
            facts = driver.facts();
        }
        return settable(facts);
    }

    private static TestUps unit(String name) throws IOException {
        return switch (name) {
            case "recorded-mge" -> TestUps.santak();
            case "recorded-apc" -> TestUps.apc();
            default -> SyntheticUps.of(Subdrivers.SHIPPED.named(name).orElseThrow());
        };
    }

    private static DriverFacts ours(TestUps ups, String... lines) throws IOException {
        var report = new TestReport();
        try (Session session = Bench.open(ups, lines)) {
            for (int i = 0; i < 5; i++) report.poll(session); // units that refuse much are asked over several polls
        }
        return settable(DriverFacts.of(report));
    }

    /** Whether something can be set, and not how long the text may be, which C says of each the same. */
    private static DriverFacts settable(DriverFacts facts) {
        var kept = new TreeMap<>(facts.facts());
        kept.computeIfPresent(
                "ups.status", (name, words) -> words.replace("ALARM", "").strip());
        kept.replaceAll((name, text) -> name.startsWith("setting ") ? "yes" : text);
        return new DriverFacts(kept);
    }
}
