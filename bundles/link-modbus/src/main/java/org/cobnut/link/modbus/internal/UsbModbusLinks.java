package org.cobnut.link.modbus.internal;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.cobnut.link.Link;
import org.cobnut.link.LinkProvider;
import org.cobnut.link.LinkRequest;
import org.cobnut.link.modbus.ModbusParameters;
import org.cobnut.link.usb.UsbLink;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Opens devices that speak Modbus in HID reports: at {@code usb:auto} by what they are, at {@code usb:1-1.4} by their place too. */
@Component(
        service = LinkProvider.class,
        property = {
            LinkProvider.KIND + "=org.cobnut.link.modbus.ModbusLink",
            LinkProvider.SCHEME + "=usb",
            LinkProvider.NATIVE + "=true"
        })
public final class UsbModbusLinks implements LinkProvider {
    private static final String ANYWHERE = "usb:auto";

    private final LinkProvider usb;
    private final Set<FramedModbusLink> open = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    @Activate
    public UsbModbusLinks(@Reference(target = "(link.kind=org.cobnut.link.usb.UsbLink)") LinkProvider usb) {
        this.usb = usb;
    }

    @Deactivate
    void stop() {
        stopped = true;
        open.forEach(FramedModbusLink::close);
    }

    @Override
    public Link open(LinkRequest request) throws IOException {
        ModbusParameters parameters =
                request.parameters(ModbusParameters.class).orElseGet(() -> ModbusParameters.unit(1));
        var device = parameters
                .usb()
                .orElseThrow(() -> new IOException(
                        "port " + request.port() + " is not opened: its driver knows no device on USB"));
        String port = request.port().equals(ANYWHERE) ? "auto" : request.port();
        var below = (UsbLink) usb.open(new CarrierRequest(request, UsbLink.class, port, device));
        try {
            var link = new FramedModbusLink(ReportBytes.open(below), new ReportCodec(), parameters, open::remove);
            open.add(link);
            if (stopped) link.close();
            return link;
        } catch (IOException | RuntimeException failed) {
            below.close();
            throw failed;
        }
    }
}
