package org.cobnut.link.usb.libusb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.Random;
import org.cobnut.link.usb.UsbEndpoint;
import org.cobnut.link.usb.UsbEndpoint.Transfer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DescriptorsTest {
    @Test
    void readsInterfacesAndEndpoints() {
        UsbConfiguration read = UsbConfiguration.parse(hex("09 02 3b00 02 01 00 80 32"
                + "09 04 00 00 01 03 00 00 00  09 21 1001 00 01 22 9e03  07 05 81 03 0800 0a"
                + "09 04 01 00 02 ff 00 00 00  07 05 02 02 4000 00  07 05 83 02 4000 00"));
        assertThat(read.numbers()).isEqualTo("0, 1");
        UsbConfiguration.Interface hid = read.find(0, 0).orElseThrow();
        assertThat(hid.hid()).isTrue();
        assertThat(hid.reportLength()).hasValue(926);
        assertThat(hid.interrupt(true)).contains(new UsbEndpoint(0x81, Transfer.INTERRUPT, 8));
        assertThat(hid.interrupt(false)).isEmpty();
        assertThat(read.find(1, 0).orElseThrow().endpoints())
                .containsExactly(new UsbEndpoint(0x02, Transfer.BULK, 64), new UsbEndpoint(0x83, Transfer.BULK, 64));
        assertThat(read.find(2, 0)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0584 0904 a101 7508 9504 b102 c0",
        "4, 0584 0904 a101 7508 9504 8102 c0",
        "3, 0584 0904 a101 8501 7508 9501 8102 8502 9502 8102 c0",
        "2, 0584 0904 a101 8501 7501 9508 8102 c0",
        "3, a101 7508 9501 a4 9502 b4 8102 8102 8102 c0",
        "2, a101 fe02aa0102 7508 9502 8102 c0",
        "4096, a101 77ffffff7f 97ffffff7f 8102 c0",
        "0, 75",
    })
    void findsTheLongestInputReport(int length, String descriptor) {
        assertThat(InputLength.of(hex(descriptor))).isEqualTo(length);
    }

    @Test
    void survivesWhateverADeviceTells() {
        var random = new Random(16);
        for (int i = 0; i < 20_000; i++) {
            var bytes = new byte[random.nextInt(64)];
            random.nextBytes(bytes);
            assertThat(InputLength.of(bytes)).isBetween(0, 4096);
            assertThat(UsbConfiguration.parse(bytes).bytes()).isEqualTo(bytes);
        }
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }
}
