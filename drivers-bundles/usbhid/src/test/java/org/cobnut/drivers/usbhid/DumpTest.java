package org.cobnut.drivers.usbhid;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.cobnut.driver.Session;
import org.cobnut.drivers.usbhid.subdriver.Address;
import org.cobnut.drivers.usbhid.subdriver.Subdrivers;
import org.cobnut.link.usb.UsbIdentity;
import org.cobnut.table.Known;
import org.cobnut.table.Row;
import org.cobnut.table.mapping.Mapping;
import org.cobnut.testkit.DriverFacts;
import org.cobnut.testkit.FieldDumps;
import org.cobnut.testkit.TestReport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Real units whose descriptor or values came with a dump: what NUT showed of them, and what we show. What differs is listed, with
 * why, in docs/drivers/usbhid-ups.md.
 */
class DumpTest {
    private static final Path PAGE = Path.of("../../docs/drivers/usbhid-ups.md");

    /** What comes from the device's strings and numbers, from the flags, or from NUT's core. */
    private static final Pattern BY_ITSELF = Pattern.compile(
            "device\\.(mfr|model|serial|type)|ups\\.(mfr|model|serial|vendorid|productid|status|alarm)|input\\.transfer\\.reason");

    /** Texts that a function makes of a number: dates, times, firmware. */
    private static final Pattern MADE = Pattern.compile("\\d+/\\d+/\\d+|\\d\\d:\\d\\d:\\d\\d|not set");

    /** What no mapping gives today: names of NUT before 2.4, which later ones do not have, but for the last three. */
    private static final Map<String, Set<String>> LEFT_OUT = Map.of(
            "apc", Set.of("ups.delay.restart", "ups.power.nominal"),
            "belkin", Set.of("ups.delay.restart"),
            "cps", Set.of("ups.delay.restart"),
            "tripplite", Set.of("ups.delay.reboot", "ups.delay.restart"),
            // outlet is 0 no more; battery.charge.warning came from an override of ups.conf
            "mge",
                    Set.of(
                            "battery.charge.warning",
                            "fault.site.status",
                            "outlet.0.desc",
                            "outlet.0.id",
                            "outlet.0.switchable"),
            // docs/drivers/usbhid-ups.md, Limitations
            "openups",
                    Set.of("battery.temperature", "input.current", "input.voltage", "output.current", "output.voltage"),
            // NUT calls it battery.mfr.date since
            "powercom", Set.of("battery.date"));

    private static final Known NOTHING = name -> Optional.empty();

    @ParameterizedTest
    @CsvSource({
        "dump-cs500, APC/APC__Back-UPS_CS_500__usbhid-ups__2.8.0__01.dev, ''",
        "dump-bk650, APC/APC__Back-UPS_BK650M2-CH__usbhid-ups__2.8.0__01.dev, ''",
        "dump-vi2200, PowerWalker/PowerWalker__VI_2200_SH__usbhid-ups__2.7.4__01.dev, subdriver = liebert",
        "dump-ippon, Ippon/Ippon__Smart_Power_Pro_II_1200__usbhid-ups__2.7.4__01.dev, subdriver = liebert"
    })
    void showsWhatTheDumpOfARealUnitShows(String unit, String file, String option) throws IOException {
        Path dump = FieldDumps.folder().resolve(file);
        Assumptions.assumeTrue(Files.exists(dump), "the dumps are not here");
        var dumped = new DumpedUps(dump);
        var report = new TestReport();
        String[] lines = option.isEmpty() ? new String[0] : new String[] {option};
        try (Session session = Bench.open(dumped.ups(), lines)) {
            for (int i = 0; i < 4; i++) report.poll(session);
        }
        var theirs = new DriverFacts(new TreeMap<>(dumped.values()));
        var ours = new TreeMap<>(DriverFacts.of(report).facts());
        ours.keySet().removeIf(name -> name.contains(" "));
        assertThat(theirs.differences(new DriverFacts(ours))).as(unit).isEqualTo(DriverFacts.documented(PAGE, unit));
    }

    /** Each name that NUT showed of a unit is one that the mapping for it can give, and each word one of its words. */
    @Test
    void givesEveryNameAndWordOfEachDump() throws IOException {
        List<SortedMap<String, String>> dumps = FieldDumps.of("usbhid-ups");
        Assumptions.assumeTrue(!dumps.isEmpty(), "the dumps are not here");
        var missing = new TreeMap<String, Set<String>>();
        var known = new HashMap<String, Mapping<Address>>();
        for (SortedMap<String, String> dump : dumps) {
            String numbers = dump.get("ups.vendorid") + ":" + dump.get("ups.productid") + dump.get("ups.mfr");
            if (!known.containsKey(numbers)) known.put(numbers, mapping(dump));
            Mapping<Address> mapping = Objects.requireNonNull(known.get(numbers));
            List<Row<Address>> rows = rows(mapping.table().rows());
            dump.forEach((name, value) -> {
                if (!BY_ITSELF.matcher(name).matches() && !gives(rows, name, value.replaceAll("\\s*#.*", "")))
                    missing.computeIfAbsent(mapping.name(), key -> new TreeSet<>())
                            .add(names(rows, name) ? name + "=" + value : name);
            });
        }
        missing.getOrDefault("belkin", new TreeSet<>())
                .removeIf(name -> name.matches("ups\\.(input|output|powersummary)\\..*"));
        assertThat(missing).isEqualTo(LEFT_OUT);
    }

    private static Mapping<Address> mapping(Map<String, String> dump) throws IOException {
        // A user let this one answer to other numbers than its own.
        if (dump.getOrDefault("ups.mfr", "").equals("PHOENIXTEC"))
            return Subdrivers.SHIPPED.named("mge").orElseThrow();
        int vendor = Integer.parseInt(dump.getOrDefault("ups.vendorid", "0"), 16);
        int product = Integer.parseInt(dump.getOrDefault("ups.productid", "0"), 16);
        return new Subdrivers(Subdrivers.SHIPPED).choose(UsbIdentity.of(vendor, product, 0x0100), Optional.empty());
    }

    private static List<Row<Address>> rows(List<Row<Address>> rows) {
        var all = new ArrayList<Row<Address>>();
        for (Row<Address> row : rows) {
            if (row instanceof Row.Loop<Address> loop)
                for (int part = 1; part <= loop.most(); part++)
                    all.addAll(rows(loop.rows().apply(part)));
            else all.add(row);
        }
        return all;
    }

    private static boolean names(List<Row<Address>> rows, String name) {
        for (Row<Address> row : rows) {
            if (row instanceof Row.Field<Address> field && field.name().equals(name)) return true;
            if (row instanceof Row.Parameter<Address> parameter
                    && parameter.name().equals(name)) return true;
        }
        return false;
    }

    /** Whether some answer of a unit becomes this value; a number may be any. */
    private static boolean gives(List<Row<Address>> rows, String name, String value) {
        boolean free = value.matches("-?[0-9.]*") || MADE.matcher(value).matches() || name.startsWith("ups.firmware");
        if (free) return names(rows, name);
        for (Row<Address> row : rows) {
            if (!(row instanceof Row.Field<Address> field) || !field.name().equals(name)) continue;
            if (field.format().value(value, NOTHING).equals(Optional.of(value))) return true;
            for (int raw = 0; raw < 256; raw++)
                if (field.format().value(Integer.toString(raw), NOTHING).equals(Optional.of(value))) return true;
        }
        return false;
    }
}
