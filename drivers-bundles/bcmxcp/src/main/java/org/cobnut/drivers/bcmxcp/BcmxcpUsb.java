package org.cobnut.drivers.bcmxcp;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Option;
import org.cobnut.driver.Options;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.Links;
import org.cobnut.link.usb.UsbDeviceId;
import org.cobnut.link.usb.UsbLink;
import org.cobnut.link.usb.UsbParameters;
import org.osgi.service.component.annotations.Component;

/** bcmxcp_usb: Powerware and Eaton units on USB, and two of Hewlett-Packard. */
@Component(
        property = {
            Driver.NAME + "=bcmxcp_usb",
            Driver.VERSION + "=0.32",
            Driver.USB + "=0592:0002",
            Driver.USB + "=06da:0002",
            Driver.USB + "=03f0:1f01",
            Driver.USB + "=03f0:1f02"
        })
public final class BcmxcpUsb implements Driver {
    private static final List<UsbDeviceId> DEVICES = List.of(
            UsbDeviceId.of(0x0592, 0x0002),
            UsbDeviceId.of(0x06da, 0x0002),
            UsbDeviceId.of(0x03f0, 0x1f01),
            UsbDeviceId.of(0x03f0, 0x1f02));

    private static final Options OPTIONS = options(UsbParameters.options());

    private static Options options(List<Option> usb) {
        var all = new ArrayList<>(usb);
        all.add(Bcmxcp.DELAY);
        return new Options(all);
    }

    @Override
    public Options options() {
        return OPTIONS;
    }

    @Override
    public Session open(Settings settings, Links links) throws IOException {
        UsbLink usb = links.open(UsbLink.class, settings.port(), UsbParameters.of(settings, DEVICES));
        return XcpSession.open(new UsbXcpLine(usb), settings.number("shutdown_delay"));
    }
}
