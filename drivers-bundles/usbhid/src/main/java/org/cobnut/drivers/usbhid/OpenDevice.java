package org.cobnut.drivers.usbhid;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cobnut.drivers.usbhid.descriptor.ReportDescriptor;
import org.cobnut.drivers.usbhid.descriptor.UsageNames;
import org.cobnut.drivers.usbhid.subdriver.Address;
import org.cobnut.drivers.usbhid.subdriver.Declarations;
import org.cobnut.link.usb.HidLink;
import org.cobnut.link.usb.UsbDeviceId;
import org.cobnut.link.usb.UsbIdentity;
import org.cobnut.table.Table;
import org.cobnut.table.mapping.Mapping;

/**
 * A device with the mapping that serves it.
 *
 * @param title as driver.version.data shows it
 * @param names of usages that the mapping knows
 */
record OpenDevice(
        HidLink link,
        Mapping<Address> mapping,
        String title,
        UsageNames names,
        ReportDescriptor descriptor,
        HidReports reports,
        HidWire wire,
        Table<Address> table) {
    /** Puts a device and a mapping together. */
    static OpenDevice of(HidLink link, Mapping<Address> mapping, Config config) throws IOException {
        Declarations declared = Declarations.of(mapping.declared());
        UsbIdentity identity = link.identity();
        ReportDescriptor descriptor = descriptor(link, declared, config);
        var reports = new HidReports(link, descriptor, config.longest());
        var table = new DeviceTable(mapping.table(), descriptor, reports, config.delays());
        var wire = new HidWire(link, reports, declared.names(), table.fields(), facts(identity, config), table.quick());
        String name = declared.title().isEmpty() ? mapping.name() : declared.title();
        return new OpenDevice(
                link,
                mapping,
                name + " " + mapping.version(),
                declared.names(),
                descriptor,
                reports,
                wire,
                table.table());
    }

    private static ReportDescriptor descriptor(HidLink link, Declarations declared, Config config) throws IOException {
        ReportDescriptor descriptor = ReportDescriptor.parse(link.reportDescriptor());
        if (config.asDeclared()) return descriptor;
        for (var fix : declared.fixes().entrySet()) {
            List<UsbDeviceId> ids = fix.getValue();
            if (ids.isEmpty() || ids.stream().anyMatch(id -> id.matches(link.identity())))
                descriptor = fix.getKey().apply(descriptor);
        }
        return descriptor;
    }

    private static Map<String, String> facts(UsbIdentity identity, Config config) {
        var facts = new HashMap<String, String>();
        facts.put("device:vendorid", "%04x".formatted(identity.vendorId()));
        facts.put("device:productid", "%04x".formatted(identity.productId()));
        facts.put("device:release", "%04x".formatted(identity.release()));
        facts.put("device:vendor", identity.vendor().orElse(""));
        facts.put("device:product", identity.product().orElse(""));
        facts.put("device:serial", identity.serial().orElse(""));
        for (String flag : Address.Fact.FLAGS)
            facts.put(Address.Fact.OPTION + flag, config.flags().contains(flag) ? "yes" : "no");
        return facts;
    }

    /** How many rows of the mapping the device has a value for, to say so when it is none. */
    List<Address.Value> known() {
        var known = new ArrayList<Address.Value>();
        for (var row : table.rows())
            if (row instanceof org.cobnut.table.Row.Reading<Address> reading
                    && reading.source().address() instanceof Address.Value value) known.add(value);
        return known;
    }
}
