package org.cobnut.drivers.tripplite;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Option;
import org.cobnut.driver.Options;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.Links;
import org.cobnut.link.NoAnswerException;
import org.cobnut.link.usb.UsbDeviceId;
import org.cobnut.link.usb.UsbLink;
import org.cobnut.link.usb.UsbParameters;
import org.cobnut.table.Numbers;
import org.cobnut.table.TableSession;
import org.cobnut.table.UnfitAnswerException;
import org.cobnut.table.line.LineWire;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** tripplite_usb: Tripp Lite units on USB with the product number 0001, which speak no HID power device class. */
@Component(property = {Driver.NAME + "=tripplite_usb", Driver.VERSION + "=0.33", Driver.USB + "=09ae:0001"})
public final class TrippLiteUsb implements Driver {
    private static final Logger log = LoggerFactory.getLogger(TrippLiteUsb.class);
    private static final UsbDeviceId DEVICE = UsbDeviceId.of(0x09ae, 0x0001);
    private static final Options OPTIONS = options(UsbParameters.options());

    private final Duration settle;
    private final Duration beforeOff;

    @Activate
    public TrippLiteUsb() {
        this(Duration.ofMillis(100), Duration.ofSeconds(2));
    }

    /** A driver for units that need so long for an answer, and before they are switched off. */
    TrippLiteUsb(Duration settle, Duration beforeOff) {
        this.settle = settle;
        this.beforeOff = beforeOff;
    }

    private static Options options(List<Option> usb) {
        var all = new ArrayList<>(usb);
        all.add(Option.number("offdelay", 64, "Seconds from shutdown.return until the load goes off, at most 999"));
        all.add(Option.text("battery_min", "Volts of a battery of 12 V that has 10 %; 11.0 without it"));
        all.add(Option.text("battery_max", "Volts of a battery of 12 V that has 100 %; 13.4 without it"));
        return new Options(all);
    }

    @Override
    public Options options() {
        return OPTIONS;
    }

    @Override
    public Session open(Settings settings, Links links) throws IOException {
        var charge = new ChargeEstimate(
                volts(settings, "battery_min", ChargeEstimate.USUAL.empty()),
                volts(settings, "battery_max", ChargeEstimate.USUAL.full()));
        UsbLink link = links.open(UsbLink.class, settings.port(), UsbParameters.of(settings, List.of(DEVICE)));
        var line = new ReportLine(link, settle);
        UsbProtocol protocol = protocol(line, link);
        if (protocol.hasWatchdog()) stopWatchdog(line);
        var wire = new LineWire<>("tripplite_usb", new ReportProtocol(line, protocol, beforeOff), Set.of("S"));
        return new TableSession<>(wire, UsbTable.of(protocol, link.identity(), charge, settings.number("offdelay")));
    }

    private static UsbProtocol protocol(ReportLine line, UsbLink link) throws IOException {
        byte[] answer;
        try {
            answer = ReportProtocol.ask(line, "\0");
        } catch (NoAnswerException | UnfitAnswerException silent) {
            throw new IOException(
                    "%s does not tell its protocol (%s); \"nutctl scan\" shows whether usbhid-ups knows it"
                            .formatted(link.identity(), silent.getMessage()),
                    silent);
        }
        int number = (answer[1] & 0xff) << 8 | (answer[2] & 0xff);
        return UsbProtocol.of(number)
                .orElseThrow(
                        () -> new IOException("%s speaks protocol %04x, of which this driver knows nothing; it knows %s"
                                .formatted(link.identity(), number, UsbProtocol.numbers())));
    }

    private static void stopWatchdog(ReportLine line) throws IOException {
        try {
            line.order("W\0");
        } catch (NoAnswerException | UnfitAnswerException none) {
            log.debug("The UPS does not acknowledge that its watchdog is stopped: {}", none.getMessage());
        }
    }

    private static double volts(Settings settings, String option, double usual) {
        return settings.text(option)
                .map(text -> Numbers.parse(text)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "option '" + option + "' wants volts, such as 11.5, and not '" + text + "'")))
                .orElse(usual);
    }
}
