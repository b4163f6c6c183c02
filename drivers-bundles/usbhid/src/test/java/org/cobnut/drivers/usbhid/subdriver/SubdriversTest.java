package org.cobnut.drivers.usbhid.subdriver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.cobnut.link.usb.UsbIdentity;
import org.cobnut.table.mapping.MappingSet;
import org.junit.jupiter.api.Test;

class SubdriversTest {
    private static final int APC = 0x051d;

    /** Files of vendors are asked before ours, and even so one for a whole maker comes behind ours for a product. */
    @Test
    void aMappingForTheProductComesBeforeOneForTheMaker() throws IOException {
        assertThat(chosen(2)).isEqualTo("apc");
        assertThat(chosen(2, "mapping acme 1 hid\nextends apc\nmatch usb 051d:*\n"))
                .isEqualTo("apc");
        assertThat(chosen(0x1234, "mapping acme 1 hid\nextends apc\nmatch usb 051d:*\n"))
                .isEqualTo("acme");
        assertThat(chosen(2, "mapping acme 1 hid\nextends apc\nmatch usb 051d:0002\n"))
                .isEqualTo("acme");
    }

    private static String chosen(int product, String... more) throws IOException {
        var texts = new LinkedHashMap<>(Subdrivers.shipped());
        for (String text : more) texts.put("vendor.map", text.getBytes(StandardCharsets.US_ASCII));
        return new Subdrivers(MappingSet.of(HidKind.INSTANCE, texts))
                .choose(UsbIdentity.of(APC, product, 0), Optional.empty())
                .name();
    }
}
