package org.cobnut.drivers.genericups;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Options;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.Links;
import org.cobnut.link.NoAnswerException;
import org.cobnut.link.usb.StallException;
import org.cobnut.link.usb.UsbDeviceId;
import org.cobnut.link.usb.UsbLink;
import org.cobnut.link.usb.UsbParameters;
import org.cobnut.model.Outcome;
import org.osgi.service.component.annotations.Component;

/** richcomm_usb: contacts behind Richcomm's chip. The same chip may have a UPS of nutdrv_qx behind it, so that counts first. */
@Component(
        property = {
            Driver.NAME + "=richcomm_usb",
            Driver.VERSION + "=0.07",
            Driver.USB + "=0925:1234",
            "service.ranking:Integer=-10"
        })
public final class RichcommUsb implements Driver {
    private static final UsbDeviceId DEVICE = UsbDeviceId.of(0x0925, 0x1234);

    @Override
    public Options options() {
        return new Options(UsbParameters.options());
    }

    @Override
    public Session open(Settings settings, Links links) throws IOException {
        UsbParameters parameters = UsbParameters.of(settings, List.of(DEVICE));
        return new UsbContacts(links.open(UsbLink.class, settings.port(), parameters), new Chip());
    }

    /** Four bytes each way. */
    private static final class Chip implements UsbContacts.Chip {
        private static final int TO_INTERFACE = 0x21;
        private static final int SET_REPORT = 0x09;
        private static final int OUTPUT = 0x0200;
        private static final Duration SEND = Duration.ofSeconds(5);

        private static final byte[] STATUS = {1, 0, 0, 0x30};
        private static final byte[] PREPARE = {2, 0, 0, 0};
        private static final byte[] SWITCH_OFF = {2, 1, 0, 0};

        private static final int LENGTH = 6;
        private static final int CONTACTS = 3;
        private static final int ON_LINE = 4;
        private static final int BATTERY_GOOD = 2;

        @Override
        public Set<String> read(UsbLink link) throws IOException {
            send(link, STATUS);
            byte[] answer = link.interruptIn(UsbContacts.INTERRUPT_IN, LENGTH, UsbContacts.WAIT);
            if (answer.length <= CONTACTS)
                throw new IOException("the chip answered " + answer.length + " bytes and not four");
            var words = new LinkedHashSet<String>();
            words.add((answer[CONTACTS] & ON_LINE) != 0 ? "OL" : "OB");
            if ((answer[CONTACTS] & BATTERY_GOOD) == 0) words.add("LB");
            return words;
        }

        @Override
        public Outcome shutDown(UsbLink link) throws IOException {
            send(link, PREPARE);
            pause(link);
            send(link, SWITCH_OFF);
            return Outcome.handled();
        }

        private static void send(UsbLink link, byte[] bytes) throws IOException {
            link.controlOut(TO_INTERFACE, SET_REPORT, OUTPUT, 0, bytes, SEND);
        }

        /** The chip wants a while between the two; what it says meanwhile does not matter. */
        private static void pause(UsbLink link) throws IOException {
            try {
                link.interruptIn(UsbContacts.INTERRUPT_IN, LENGTH, UsbContacts.WAIT);
            } catch (NoAnswerException | StallException none) {
                return;
            }
        }
    }
}
