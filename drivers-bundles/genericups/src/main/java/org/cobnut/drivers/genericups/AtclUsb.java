package org.cobnut.drivers.genericups;

import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Options;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.Links;
import org.cobnut.link.usb.UsbDeviceId;
import org.cobnut.link.usb.UsbLink;
import org.cobnut.link.usb.UsbParameters;
import org.cobnut.model.Outcome;
import org.osgi.service.component.annotations.Component;

/** nutdrv_atcl_usb: "ATCL FOR UPS", which tells its state in one byte. Others of its name speak to nutdrv_qx, so that counts first. */
@Component(
        property = {
            Driver.NAME + "=nutdrv_atcl_usb",
            Driver.VERSION + "=1.16",
            Driver.USB + "=0001:0000;vendor=ATCL.FOR.UPS",
            "service.ranking:Integer=-20"
        })
public final class AtclUsb implements Driver {
    private static final UsbDeviceId DEVICE = UsbDeviceId.of(0x0001, 0x0000);
    private static final String MAKER = "ATCL FOR UPS";

    @Override
    public Options options() {
        return new Options(UsbParameters.options());
    }

    /** Many chips have these numbers, so that the maker's name must fit, unless the section names another. */
    @Override
    public Session open(Settings settings, Links links) throws IOException {
        boolean named = settings.text("vendor").isPresent();
        UsbParameters parameters = UsbParameters.of(settings, List.of(DEVICE))
                .accepting(device -> named || device.vendor().orElse("").equals(MAKER));
        return new UsbContacts(links.open(UsbLink.class, settings.port(), parameters), new Chip());
    }

    /** Eight bytes, of which the first counts. */
    private static final class Chip implements UsbContacts.Chip {
        private static final int LENGTH = 8;
        private static final int OUT = 0x02;
        private static final byte[] SWITCH_OFF = {1, 0, 0, 0, 0, 0, 0, 0};

        @Override
        public Set<String> read(UsbLink link) throws IOException {
            byte[] answer = link.interruptIn(UsbContacts.INTERRUPT_IN, LENGTH, UsbContacts.WAIT);
            return switch (answer.length == 0 ? 0 : answer[0]) {
                case 1 -> Set.of("OB");
                case 2 -> Set.of("OB", "LB");
                case 3 -> Set.of("OL");
                default ->
                    throw new IOException("the chip answered %s, which is no state"
                            .formatted(HexFormat.ofDelimiter(" ").formatHex(answer)));
            };
        }

        @Override
        public Outcome shutDown(UsbLink link) throws IOException {
            link.interruptOut(OUT, SWITCH_OFF, UsbContacts.WAIT);
            return Outcome.handled();
        }
    }
}
