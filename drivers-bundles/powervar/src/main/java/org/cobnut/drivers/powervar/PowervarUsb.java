package org.cobnut.drivers.powervar;

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
import org.cobnut.link.usb.UsbDeviceId;
import org.cobnut.link.usb.UsbLink;
import org.cobnut.link.usb.UsbParameters;
import org.cobnut.table.line.RequestLine;
import org.osgi.service.component.annotations.Component;

/** powervar_cx_usb: Powervar GTS and UPM units on USB; usbhid-ups, too, drives an UPM, by its other interface. */
@Component(
        property = {
            Driver.NAME + "=powervar_cx_usb",
            Driver.VERSION + "=1.00",
            Driver.EXPERIMENTAL + "=true",
            Driver.USB + "=4234:0001"
        })
public final class PowervarUsb implements Driver {
    private static final List<UsbDeviceId> DEVICES =
            List.of(UsbDeviceId.of(0x4234, 0x0001), UsbDeviceId.of(0x4234, 0x0002));
    private static final Duration REST = Duration.ofMillis(100);

    @Override
    public Options options() {
        var options = new ArrayList<>(UsbParameters.options());
        options.addAll(Powervar.options());
        return new Options(options);
    }

    @Override
    public Session open(Settings settings, Links links) throws IOException {
        UsbLink link = links.open(UsbLink.class, settings.port(), UsbParameters.of(settings, DEVICES));
        Map<String, String> ids = Map.of(
                "ups.vendorid", "%04x".formatted(link.identity().vendorId()),
                "ups.productid", "%04x".formatted(link.identity().productId()));
        var protocol = new CusppProtocol(new RequestLine(new ReportLink(link)));
        protocol.wake(REST);
        return Powervar.open(protocol, settings, ids);
    }
}
