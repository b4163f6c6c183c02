package org.cobnut.drivers.riello;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Options;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.Links;
import org.cobnut.link.NoAnswerException;
import org.cobnut.link.usb.UsbDeviceId;
import org.cobnut.link.usb.UsbLink;
import org.cobnut.link.usb.UsbParameters;
import org.cobnut.table.line.RequestLine;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** riello_usb: GPSER over Cypress's chip on USB. */
@Component(property = {Driver.NAME + "=riello_usb", Driver.VERSION + "=0.07", Driver.USB + "=04b4:5500"})
public final class RielloUsb implements Driver {
    private static final UsbDeviceId DEVICE = UsbDeviceId.of(0x04b4, 0x5500);
    private static final Duration WAIT = Duration.ofSeconds(2);

    private final Duration wait;

    @Activate
    public RielloUsb() {
        this(WAIT);
    }

    /** A driver that waits so long for an answer. */
    RielloUsb(Duration wait) {
        this.wait = wait;
    }

    @Override
    public Options options() {
        var options = new ArrayList<>(UsbParameters.options());
        options.addAll(BatteryOptions.list());
        return new Options(options);
    }

    @Override
    public Session open(Settings settings, Links links) throws IOException {
        UsbLink link = links.open(UsbLink.class, settings.port(), UsbParameters.of(settings, List.of(DEVICE)));
        var gpser = new Gpser(new RequestLine(CypressBridge.open(link)), wait);
        try {
            gpser.ask("GI");
        } catch (NoAnswerException silent) {
            throw new IOException(
                    "the UPS behind " + link.identity() + " does not answer; is it on, and a Riello?", silent);
        }
        Map<String, String> ids = Map.of(
                "ups.vendorid", "%04x".formatted(link.identity().vendorId()),
                "ups.productid", "%04x".formatted(link.identity().productId()));
        return new RielloSession(gpser, RielloTable.gpser(), BatteryOptions.of(settings), ids);
    }
}
