package org.cobnut.link.usb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.cobnut.driver.Options;
import org.cobnut.driver.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsbParametersTest {
    private static final List<UsbDeviceId> TABLE = List.of(
            UsbDeviceId.parse("051d:*"),
            UsbDeviceId.parse("051d:0003").onInterface(1).withEndpointIn(0x82));
    private static final UsbIdentity UPS = UsbIdentity.of(0x051d, 0x0002, 0x0106)
            .withStrings("American Power Conversion ", "Back-UPS RS 1000G FW:868.L2 .D", "3B1234")
            .withPlace(1, 7, "1.4");

    private static UsbParameters of(Map<String, String> values) {
        return UsbParameters.of(Settings.of("ups", "auto", new Options(UsbParameters.options()), values), TABLE);
    }

    /** As NUT's drivers of Debian do on the same device. */
    @ParameterizedTest
    @CsvSource({
        "vendorid, 051D, true",
        "vendorid, 051, false",
        "productid, 000[23], true",
        "vendor, american.*, true",
        "product, Back-UPS, false",
        "product, back-ups.*, true",
        "serial, 3b1234, true",
        "serial, B1234, false",
        "bus, 001, true",
        "bus, 1, false",
        "busport, 004, true",
        "device, 007, true",
        "device, 008, false",
    })
    void comparesARuleWithAllOfWhatADeviceSays(String name, String rule, boolean fits) {
        assertThat(of(Map.of(name, rule)).matches(UPS)).isEqualTo(fits);
    }

    @Test
    void wantsAlsoWhatTheDriverAccepts() {
        assertThat(of(Map.of()).matches(UPS)).isTrue();
        assertThat(of(Map.of()).matches(UsbIdentity.of(0x0463, 0xffff, 0)))
                .as("not in the table")
                .isFalse();
        UsbParameters choosy = UsbParameters.known(List.of())
                .accepting(identity -> identity.serial().isEmpty())
                .acceptingDescriptor(descriptor -> descriptor.length > 2);
        assertThat(choosy.matches(UPS)).isFalse();
        assertThat(choosy.matches(UsbIdentity.of(1, 2, 3).withStrings(null, " ", null)))
                .isTrue();
        assertThat(choosy.matchesDescriptor(new byte[2])).isFalse();
    }

    @Test
    void prefersTheRowOfTheProduct() {
        assertThat(of(Map.of()).row(UPS)).contains(TABLE.get(0));
        assertThat(of(Map.of()).row(UsbIdentity.of(0x051d, 3, 0))).contains(TABLE.get(1));
    }

    @Test
    void takesNutsNumbers() {
        UsbSetup setup = of(Map.of(
                        "usb_set_altinterface", "", "usb_hid_rep_index", "0x0a", "usb_hid_ep_in", "4", "pollonly", ""))
                .setup();
        assertThat(setup.alternate()).hasValue(0);
        assertThat(setup.interfaceNumber()).hasValue(10);
        assertThat(setup.endpointIn()).hasValue(4);
        assertThat(setup.endpointOut()).isEmpty();
        assertThat(setup.pollOnly()).isTrue();
        assertThat(setup.duplicates()).isFalse();
    }

    @Test
    void saysWhichOptionMakesNoSense() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of(Map.of("product", "Back(")))
                .withMessageContaining("option 'product' is no regular expression: 'Back('");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of(Map.of("usb_hid_ep_in", "first")))
                .withMessage("option 'usb_hid_ep_in' wants a hexadecimal number, not 'first'");
    }

    @Test
    void isWrittenInOneLine() {
        assertThat(of(Map.of("serial", "3B.*"))).hasToString("051d:* 051d:0003 serial=3B.*");
        assertThat(UsbParameters.known(List.of())).hasToString("any device");
        List<UsbDeviceId> many =
                IntStream.range(0, 80).mapToObj(i -> UsbDeviceId.of(0x051d, i)).toList();
        assertThat(UsbParameters.known(many).withRule("bus", "001")).hasToString("80 known devices bus=001");
    }
}
