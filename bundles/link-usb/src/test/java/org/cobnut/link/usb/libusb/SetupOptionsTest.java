package org.cobnut.link.usb.libusb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import org.cobnut.driver.Options;
import org.cobnut.driver.Settings;
import org.cobnut.link.Link;
import org.cobnut.link.usb.HidLink;
import org.cobnut.link.usb.ReportType;
import org.cobnut.link.usb.UsbDeviceId;
import org.cobnut.link.usb.UsbLink;
import org.cobnut.link.usb.UsbParameters;
import org.cobnut.link.usb.libusb.Rig.Section;
import org.cobnut.testkit.usb.FakeHidDevice;
import org.cobnut.testkit.usb.UsbBus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The options of ups.conf that begin with {@code usb_}, from their lines to what the device meets. */
@EnabledOnOs(OS.LINUX)
@Timeout(30)
class SetupOptionsTest {
    private static final Duration WAIT = Duration.ofSeconds(5);

    /** Two report descriptors, of other usages, so that each tells which it is. */
    private static final String FIRST = "05840904a101c0";

    private static final String SECOND = "05840902a101c0";

    private UsbBus bus;
    private UsbLinks links;

    @BeforeEach
    void start() throws IOException {
        bus = UsbBus.ofThisProcess();
        links = new UsbLinks();
    }

    @AfterEach
    void stop() throws IOException {
        links.stop();
        bus.unplugAll();
    }

    private static Section section(Class<? extends Link> kind, String... options) {
        var values = new LinkedHashMap<String, String>();
        for (String option : options) {
            String[] parts = option.split(" = ", 2);
            values.put(parts[0], parts.length == 2 ? parts[1] : "");
        }
        var settings = Settings.of("ups", "auto", new Options(UsbParameters.options()), values);
        return new Section("ups", "auto", UsbParameters.of(settings, List.of(UsbDeviceId.parse("0463:ffff"))), kind);
    }

    /** A UPS with two interfaces of the HID class, the first of which sends on two endpoints and takes on two. */
    private FakeHidDevice plug() throws IOException {
        var ups = new FakeHidDevice(0x0463, 0xffff);
        ups.hid(FakeHidDevice.hex(FIRST), 0x81, 0x84, 0x02, 0x03).hid(FakeHidDevice.hex(SECOND), 0x85);
        ups.report(ReportType.FEATURE, 1, 1, 2);
        bus.plug("1-1", ups);
        return ups;
    }

    private static void hears(Section section, HidLink link, FakeHidDevice ups, int endpoint) throws IOException {
        ups.send(endpoint, new byte[] {9});
        Rig.await(() -> section.wakes.get() > 0);
        assertThat(link.nextInput().map(HexFormat.of()::formatHex)).contains("09");
    }

    @ParameterizedTest
    @CsvSource({
        "'', " + FIRST + ", 0000, 0, 81",
        "usb_hid_rep_index = 0x1, " + SECOND + ", 0001, 1, 85",
        "usb_hid_desc_index = 1, " + SECOND + ", 0000, 0, 81",
        "usb_hid_ep_in = 4, " + FIRST + ", 0000, 0, 84",
        "usb_hid_ep_in = 0x84, " + FIRST + ", 0000, 0, 84",
    })
    void saysWhereReportsAre(String option, String descriptor, String index, String claimed, String endpoint)
            throws IOException {
        FakeHidDevice ups = plug();
        Section section = option.isEmpty() ? section(HidLink.class) : section(HidLink.class, option);
        int events = bus.events().size();
        try (HidLink link = section.open(links)) {
            assertThat(HexFormat.of().formatHex(link.reportDescriptor())).isEqualTo(descriptor);
            link.getReport(ReportType.FEATURE, 1, 2);
            assertThat(ups.log()).containsExactly("control a1 01 value 0301 index " + index + " length 2");
            hears(section, link, ups, Integer.parseInt(endpoint, 16));
        }
        List<String> since = bus.events().subList(events, bus.events().size());
        assertThat(since).contains("claim 1-1 " + claimed).noneMatch(event -> event.startsWith("alternate"));
    }

    @ParameterizedTest
    @CsvSource({"usb_set_altinterface, 0", "usb_set_altinterface = 2, 2"})
    void choosesAnAlternateSetting(String option, String setting) throws IOException {
        plug();
        section(HidLink.class, option).open(links).close();
        assertThat(bus.events()).contains("alternate 1-1 0 " + setting);
    }

    @Test
    void goesByTheConfigurationThatTheSectionNames() throws IOException {
        var ups = new FakeHidDevice(0x0463, 0xffff, FakeHidDevice.hex(FIRST)) {
            @Override
            protected byte[] descriptor(int type, int number, int index) {
                if (type != 2 || number != 1) return super.descriptor(type, number, index);
                return hex("""
                    09 02 22 00 01 02 00 80 32
                    09 04 00 00 01 03 00 00 00  09 21 10 01 00 01 22 07 00  07 05 83 03 08 00 0a
                    """);
            }
        };
        ups.configurations(2);
        bus.plug("1-1", ups);
        Section usual = section(HidLink.class);
        try (HidLink link = usual.open(links)) {
            hears(usual, link, ups, 0x81);
        }
        Section second = section(HidLink.class, "usb_config_index = 1");
        try (HidLink link = second.open(links)) {
            hears(second, link, ups, 0x83);
        }
    }

    @Test
    void namesTheEndpointsInPlaceOfTheDriver() throws IOException {
        FakeHidDevice ups = plug();
        try (var link = (UsbLink) links.open(section(UsbLink.class, "usb_hid_ep_in = 4", "usb_hid_ep_out = 3"))) {
            ups.send(0x84, new byte[] {1, 2});
            assertThat(link.interruptIn(0x81, 8, WAIT)).containsExactly(1, 2);
            link.interruptOut(0x02, new byte[] {3, 4}, WAIT);
            assertThat(ups.log()).containsExactly("out 03 length 2");
            link.clearHalt(0x81);
        }
    }
}
