package org.cobnut.drivers.usbhid;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cobnut.drivers.usbhid.HidReports.Unit;
import org.cobnut.drivers.usbhid.descriptor.HidField;
import org.cobnut.drivers.usbhid.descriptor.ReportDescriptor;
import org.cobnut.drivers.usbhid.descriptor.UsageNames;
import org.cobnut.link.usb.HidLink;
import org.cobnut.link.usb.ReportType;
import org.cobnut.testkit.DebianDriver;
import org.cobnut.testkit.usb.UsbBus;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every value that Debian's usbhid-ups finds in a recorded descriptor: where it lies, and what it is, beside ours. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class ExploreDifferentialTest {
    private static final Pattern FOUND = Pattern.compile(
            "Path: (\\S+), Type: (Feature|Input), ReportID: 0x(..), Offset: (\\d+), Size: (\\d+)(?:, Value: (\\S+))?");

    @ParameterizedTest
    @CsvSource({"santak, 0463", "apc, 051d"})
    void findsWhatTheCDriverFinds(String name, String vendor) throws IOException {
        Assumptions.assumeTrue(DebianDriver.installed("usbhid-ups"), "Debian's NUT is not installed");
        TestUps ups = name.equals("apc") ? TestUps.apc() : TestUps.santak();
        var theirs = new TreeSet<String>();
        try (var bus = UsbBus.start()) {
            bus.plug("1-1", ups.device());
            String[] options = {"explore", "vendorid = " + vendor, "debug_min = 1"};
            Path folder = Files.createTempDirectory("hid");
            try (var driver = DebianDriver.start(folder, bus.environment(), "usbhid-ups", "auto", options)) {
                Matcher matcher = FOUND.matcher(driver.log());
                while (matcher.find()) theirs.add(line(matcher));
            }
        }
        assertThat(theirs).hasSizeGreaterThan(90);
        assertThat(ours(ups)).containsExactlyElementsOf(theirs);
    }

    private static String line(Matcher matcher) {
        String value = matcher.group(6) == null ? "-" : number(Double.valueOf(matcher.group(6)));
        return "%s %s %s %s %s = %s"
                .formatted(
                        matcher.group(1),
                        matcher.group(2).toLowerCase(Locale.ROOT),
                        matcher.group(3),
                        matcher.group(4),
                        matcher.group(5),
                        value);
    }

    private static SortedSet<String> ours(TestUps ups) throws IOException {
        HidLink link = ups.link();
        ReportDescriptor descriptor = ReportDescriptor.parse(link.reportDescriptor());
        var reports = new HidReports(link, descriptor, false);
        var lines = new TreeSet<String>();
        for (HidField field : descriptor.fields()) {
            if (field.type() == ReportType.OUTPUT || left(link, field)) continue;
            String value = reports.read(new Unit(ReportType.FEATURE, field.report()))
                    .map(data -> field.logical(data).stream()
                            .mapToObj(logical -> number(field.physical(logical)))
                            .findFirst()
                            .orElse("-"))
                    .orElse("-");
            lines.add("%s %s %02x %d %d = %s"
                    .formatted(
                            UsageNames.standard().text(field.path()).replace("0x", ""),
                            field.type().name().toLowerCase(Locale.ROOT),
                            field.report(),
                            field.offset(),
                            field.size(),
                            value));
        }
        return lines;
    }

    /** C asks Eaton units for no report that only their makers read. */
    private static boolean left(HidLink link, HidField field) {
        return link.identity().vendorId() == 0x0463 && field.report() >= 0xfe;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.5g", value);
    }
}
