package org.cobnut.link.usb.libusb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.util.List;
import org.cobnut.link.usb.UsbIdentity;
import org.junit.jupiter.api.Test;

class DeviceChoiceTest {
    private final DeviceChoice choice = new DeviceChoice();

    private static UsbIdentity device(String serial, String ports) {
        return UsbIdentity.of(0x0665, 0x5161, 0)
                .withStrings("INNO", "USB", serial)
                .withPlace(1, 7, ports);
    }

    private List<UsbIdentity> order(String ups, UsbIdentity... free) throws IOException {
        return choice.order(ups, List.of(free), false, false);
    }

    @Test
    void triesTheFirstPlaceFirst() throws IOException {
        assertThat(order("a", device("3", "10"), device("2", "9"), device("1", "1.4")))
                .extracting(UsbIdentity::path)
                .containsExactly("1-1.4", "1-9", "1-10");
    }

    @Test
    void keepsToTheSerialNumberAndThenToThePlace() throws IOException {
        choice.opened("a", device("S1", "1"));
        choice.closed("a");
        assertThat(order("a", device("S2", "1"), device("S1", "2"))).containsExactly(device("S1", "2"));
        choice.opened("b", device(null, "3"));
        choice.closed("b");
        assertThat(order("b", device(null, "3"), device(null, "4"))).containsExactly(device(null, "3"));
    }

    @Test
    void leavesToASectionWhatItHad() throws IOException {
        choice.opened("a", device("S1", "1"));
        choice.closed("a");
        assertThat(order("b", device("S1", "1"))).isEmpty();
        assertThat(choice.order("b", List.of(device("S1", "1")), true, false))
                .as("b names it")
                .hasSize(1);
        assertThat(order("a", device("S1", "1"))).hasSize(1);
    }

    @Test
    void takesAnotherDeviceOfTheKindWhenItsOwnIsGone() throws IOException {
        choice.opened("a", device("S1", "1"));
        choice.closed("a");
        assertThat(order("a", device("S9", "1"))).hasSize(1);
    }

    @Test
    void refusesTwoWithTheSameSerialNumberUnlessTheSectionAllowsIt() throws IOException {
        List<UsbIdentity> alike = List.of(device("0000", "2"), device("0000", "1"));
        assertThatIOException()
                .isThrownBy(() -> choice.order("a", alike, false, false))
                .withMessage(
                        "2 devices 0665:5161 USB with serial number 0000 fit and cannot be told apart, at 1-1 and 1-2;"
                                + " say which: port = usb:1-1");
        assertThat(choice.order("a", alike, false, true)).hasSize(2);
        choice.opened("a", device("0000", "2"));
        choice.closed("a");
        assertThat(choice.order("a", alike, false, false)).containsExactly(device("0000", "2"));
    }
}
