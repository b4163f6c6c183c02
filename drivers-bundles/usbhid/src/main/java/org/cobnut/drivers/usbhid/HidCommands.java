package org.cobnut.drivers.usbhid;

import java.io.IOException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What a HID device can tell, by hand. */
@Component(
        service = HidCommands.class,
        property = {"osgi.command.scope=nut", "osgi.command.function=hid"})
public final class HidCommands {
    private final OpenDevices devices;

    @Activate
    public HidCommands(@Reference OpenDevices devices) {
        this.devices = devices;
    }

    /** For the shell: the report descriptor of a device as a tree with values. */
    public String hid(String ups) throws IOException {
        return devices.tree(ups);
    }
}
