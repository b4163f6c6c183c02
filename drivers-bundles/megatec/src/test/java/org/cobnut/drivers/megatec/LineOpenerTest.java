package org.cobnut.drivers.megatec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cobnut.driver.Driver;
import org.cobnut.drivers.megatec.bridge.BridgeDevice;
import org.cobnut.link.ByteLink;
import org.cobnut.link.Link;
import org.cobnut.link.LinkParameters;
import org.cobnut.link.Links;
import org.cobnut.link.usb.UsbIdentity;
import org.cobnut.link.usb.UsbLink;
import org.cobnut.link.usb.UsbParameters;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a section opens: a serial line or a device on USB, and which. */
class LineOpenerTest {
    private static final UsbIdentity VOLTRONIC = UsbIdentity.of(0x0665, 0x5161, 0x0002);
    private static final UsbIdentity STRANGE = UsbIdentity.of(0x1234, 0x5678, 0x0001);
    private static final UsbIdentity EMPTY = UsbIdentity.of(0x0001, 0x0000, 0x0100);

    private @Nullable Class<?> kind;
    private @Nullable LinkParameters parameters;

    /** Opens a section and notes what it asked for, which nobody gives it. */
    private void open(Driver driver, String port, String... lines) {
        var settings = Bench.settings(port, driver, lines);
        assertThatThrownBy(() -> driver.open(settings, new Links() {
                    @Override
                    public <L extends Link> L open(Class<L> wanted, String ignored, LinkParameters given)
                            throws IOException {
                        kind = wanted;
                        parameters = given;
                        throw new IOException("nobody is there");
                    }

                    @Override
                    public Path file(String name) {
                        throw new AssertionError("no file is read");
                    }

                    @Override
                    public void wake() {}
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("nobody is there");
    }

    private boolean takes(UsbIdentity device) {
        return parameters instanceof UsbParameters usb && usb.matches(device);
    }

    @ParameterizedTest
    @CsvSource({
        "/dev/ttyS0, '', false",
        "auto, '', true",
        "AUTO, '', true",
        "/dev/ttyS0, product = UPS.*, true",
        "/dev/ttyS0, langid_fix = 0x409, true",
        "/dev/ttyS0, protocol = megatec, false",
    })
    void takesUsbWhereThePortOrAnOptionSaysSo(String port, String line, boolean usb) {
        open(new NutdrvQx(), port, line.isEmpty() ? new String[0] : new String[] {line});
        assertThat(kind).isEqualTo(usb ? UsbLink.class : ByteLink.class);
    }

    @Test
    void looksForASerialLineWhereTheDriverIsForThoseOnly() {
        open(new BlazerSer(), "auto");
        assertThat(kind).isEqualTo(ByteLink.class);
    }

    @Test
    void takesDevicesOfItsTable() {
        open(new NutdrvQx(), "auto");
        assertThat(takes(VOLTRONIC)).isTrue();
        assertThat(takes(EMPTY)).isTrue();
        assertThat(takes(STRANGE)).isFalse();
        assertThat(takes(UsbIdentity.of(0x0925, 0x1234, 1))).isTrue();
        open(new BlazerUsb(), "auto");
        assertThat(takes(VOLTRONIC)).isTrue();
        assertThat(takes(UsbIdentity.of(0x0925, 0x1234, 1)))
                .as("a chip that only nutdrv_qx knows")
                .isFalse();
    }

    @Test
    void takesTheDeviceThatASectionNamesWithItsChip() {
        open(new NutdrvQx(), "auto", "subdriver = cypress", "vendorid = 1234", "productid = 5678");
        assertThat(takes(STRANGE)).isTrue();
        assertThat(takes(VOLTRONIC)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "subdriver = cypress, option 'subdriver' needs 'vendorid' and 'productid' beside it",
        "langid_fix = many, option 'langid_fix' wants a hexadecimal number",
    })
    void refusesWhatItCannotFollow(String line, String reason) {
        var driver = new NutdrvQx();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> driver.open(Bench.settings("auto", driver, line), Bench.links(new Transcript())))
                .withMessageStartingWith(reason);
    }

    /** The scanner and udev's rules go by what the drivers say of themselves. */
    @Test
    void tellsItsTablesToTheScanner() throws IOException {
        assertThat(declared("NutdrvQx"))
                .isEqualTo(BridgeDevice.QX.stream().map(BridgeDevice::property).toList());
        assertThat(declared("BlazerUsb"))
                .isEqualTo(
                        BridgeDevice.BLAZER.stream().map(BridgeDevice::property).toList());
    }

    /** The annotation is not in the class at run time, so its source tells. */
    private static List<String> declared(String driver) throws IOException {
        String start = "Driver.USB + \"=";
        return Files.readAllLines(Path.of("src/main/java/org/cobnut/drivers/megatec/" + driver + ".java")).stream()
                .map(String::strip)
                .filter(line -> line.startsWith(start))
                .map(line -> line.substring(start.length(), line.lastIndexOf('"')))
                .toList();
    }
}
