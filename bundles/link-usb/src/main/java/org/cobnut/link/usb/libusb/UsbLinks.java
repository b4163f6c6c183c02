package org.cobnut.link.usb.libusb;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.cobnut.link.Link;
import org.cobnut.link.LinkProvider;
import org.cobnut.link.LinkRequest;
import org.cobnut.link.usb.HidLink;
import org.cobnut.link.usb.UsbIdentity;
import org.cobnut.link.usb.UsbParameters;
import org.cobnut.link.usb.libusb.DeviceScan.Plugged;
import org.cobnut.link.usb.libusb.LibUsbContext.HotplugListener;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.usb4java.DeviceHandle;
import org.usb4java.LibUsb;

/**
 * Opens devices on USB by what they are, whatever the port says; the port {@code usb:1-1.4} also names the place. libusb is
 * started when the first section asks.
 */
@Component(
        property = {
            LinkProvider.KIND + "=org.cobnut.link.usb.UsbLink",
            LinkProvider.KIND + "=org.cobnut.link.usb.HidLink",
            LinkProvider.SCHEME + "=" + LinkProvider.ANY,
            LinkProvider.NATIVE + "=true"
        })
public final class UsbLinks implements LinkProvider {
    private static final Logger log = LoggerFactory.getLogger(UsbLinks.class);
    private static final String PLACE = "usb:";
    /** Rules that name one device. */
    private static final List<String> NAMES = List.of("serial", "busport", "device");

    private final DeviceChoice choice = new DeviceChoice();
    private final WaitingSections waiting = new WaitingSections();
    /** What the devices that are plugged in said of themselves, by their address. */
    private final Map<String, UsbIdentity> identities = new ConcurrentHashMap<>();
    /** The open links, by the address of their device. */
    private final Map<String, Held> held = new HashMap<>();

    private @Nullable LibUsbContext context;
    private boolean stopped;
    private boolean told;

    /** A device that a session has. */
    private record Held(OpenDevice device, Runnable wake) {}

    @Override
    public Link open(LinkRequest request) throws IOException {
        UsbParameters parameters =
                request.parameters(UsbParameters.class).orElseGet(() -> UsbParameters.known(List.of()));
        waiting.add(request.ups(), parameters, request::retry);
        LibUsbContext usb = context();
        try (DeviceScan scan = usb.scan()) {
            Link link = open(request, parameters, usb, scan);
            waiting.remove(request.ups());
            return link;
        }
    }

    /** The devices go with the bundle; whoever still uses one is told that it is closed. */
    @Deactivate
    void stop() {
        List<Held> all;
        LibUsbContext usb;
        synchronized (this) {
            stopped = true;
            all = List.copyOf(held.values());
            usb = context;
            context = null;
        }
        all.forEach(one -> one.device().close());
        if (usb != null) usb.close();
    }

    private Link open(LinkRequest request, UsbParameters parameters, LibUsbContext usb, DeviceScan scan)
            throws IOException {
        var fitting = new HashMap<UsbIdentity, Plugged>();
        Optional<IOException> refused = Optional.empty();
        for (Plugged device : scan.devices()) {
            if (!atPort(request, device)
                    || !parameters.knows(
                            device.descriptor().vendor(), device.descriptor().product())) continue;
            try {
                UsbIdentity identity = identity(device);
                if (parameters.matches(identity)) fitting.put(identity, device);
            } catch (InterruptedIOException ended) {
                throw ended;
            } catch (IOException failed) {
                refused = Optional.of(failed);
            }
        }
        if (fitting.isEmpty()) throw refused.orElseGet(() -> missing(request, parameters, scan));
        List<UsbIdentity> free =
                fitting.keySet().stream().filter(one -> !isHeld(one)).toList();
        boolean named = request.port().startsWith(PLACE) || NAMES.stream().anyMatch(parameters::ruled);
        for (UsbIdentity identity :
                choice.order(request.ups(), free, named, parameters.setup().duplicates())) {
            Plugged device = fitting.get(identity);
            if (device == null || !request.lease(PLACE + identity.path())) continue;
            try {
                return claim(request, parameters, usb, device, identity);
            } catch (InterruptedIOException ended) {
                throw ended;
            } catch (IOException failed) {
                refused = Optional.of(failed);
            }
        }
        throw refused.orElseGet(() -> new IOException(names(fitting.keySet()) + " is in use by another section"));
    }

    private Link claim(
            LinkRequest request, UsbParameters parameters, LibUsbContext usb, Plugged device, UsbIdentity identity)
            throws IOException {
        OpenDevice open = openDevice(device);
        String ups = request.ups();
        Runnable closed = () -> {
            release(device.node(), open);
            choice.closed(ups);
        };
        Link link;
        try {
            boolean hid = request.kind() == HidLink.class;
            ClaimedInterface claimed = ClaimedInterface.of(open, device, identity, parameters, hid);
            if (hid) {
                byte[] descriptor = HidReportLink.readDescriptor(claimed, parameters);
                if (!parameters.matchesDescriptor(descriptor))
                    throw new IOException(identity + " is no device of this driver, by its report descriptor");
                hold(device.node(), new Held(open, request::wake));
                link = HidReportLink.open(claimed, descriptor, parameters, request::wake, usb.worker(), closed);
            } else {
                hold(device.node(), new Held(open, request::wake));
                link = new InterfaceLink(claimed, parameters.setup(), closed);
            }
        } catch (IOException | RuntimeException failed) {
            open.close();
            release(device.node(), open);
            throw failed;
        }
        choice.opened(ups, identity);
        log.debug("UPS [{}]: opened {}", ups, identity);
        return link;
    }

    private static OpenDevice openDevice(Plugged device) throws IOException {
        var handle = new DeviceHandle();
        int code = device.open(handle);
        if (code != LibUsb.SUCCESS) throw OpenFailure.of(device, code);
        return new OpenDevice(OpenFailure.name(device), handle);
    }

    /** What a device says of itself; asked once while it is plugged in. */
    private UsbIdentity identity(Plugged device) throws IOException {
        UsbIdentity known = identities.get(device.node());
        if (known != null) return known;
        try (OpenDevice open = openDevice(device)) {
            var strings = new DeviceStrings(open);
            UsbIdentity read = UsbIdentity.of(
                            device.descriptor().vendor(),
                            device.descriptor().product(),
                            device.descriptor().release())
                    .withStrings(
                            strings.read(device.descriptor().vendorString()).orElse(null),
                            strings.read(device.descriptor().productString()).orElse(null),
                            strings.read(device.descriptor().serialString()).orElse(null))
                    .withPlace(device.bus(), device.address(), device.ports());
            identities.put(device.node(), read);
            return read;
        }
    }

    private synchronized LibUsbContext context() throws IOException {
        if (stopped) throw new IOException("USB is stopped");
        LibUsbContext running = context;
        if (running != null) return running;
        try {
            LibUsbContext started = LibUsbContext.start(new Hotplug());
            context = started;
            told = false;
            return started;
        } catch (IOException none) {
            if (!told) log.warn("{}; sections with devices on USB wait", none.getMessage());
            told = true;
            throw none;
        }
    }

    private synchronized @Nullable LibUsbContext running() {
        return context;
    }

    private synchronized void hold(String node, Held one) throws IOException {
        if (stopped) throw new IOException("USB is stopped");
        held.put(node, one);
    }

    private synchronized void release(String node, OpenDevice device) {
        held.computeIfPresent(node, (same, one) -> one.device() == device ? null : one);
    }

    private synchronized boolean isHeld(UsbIdentity identity) {
        return held.containsKey(identity.bus() + "/" + identity.device());
    }

    private synchronized @Nullable Held holder(String node) {
        return held.get(node);
    }

    private static boolean atPort(LinkRequest request, Plugged device) {
        return !request.port().startsWith(PLACE) || request.port().equals(PLACE + device.path());
    }

    private static IOException missing(LinkRequest request, UsbParameters parameters, DeviceScan scan) {
        var there = new ArrayList<String>();
        scan.devices().forEach(device -> there.add(OpenFailure.name(device)));
        Collections.sort(there);
        return new IOException("port %s: no device on USB fits (%s); there %s"
                .formatted(
                        request.port(),
                        parameters,
                        there.isEmpty()
                                ? "is none at all"
                                : (there.size() == 1 ? "is " : "are ") + String.join(", ", there)));
    }

    private static String names(Iterable<UsbIdentity> devices) {
        var names = new ArrayList<String>();
        devices.forEach(device -> names.add(device.toString()));
        return String.join(" and ", names);
    }

    /** Hears of devices on the thread of the context, and does nothing there that takes time. */
    private final class Hotplug implements HotplugListener {
        @Override
        public void arrived(int bus, int address, int vendor, int product) {
            identities.remove(DeviceScan.node(bus, address));
            LibUsbContext usb = running();
            if (usb != null) waiting.arrived(vendor, product, usb.worker());
        }

        @Override
        public void left(int bus, int address) {
            String node = DeviceScan.node(bus, address);
            identities.remove(node);
            Held gone = holder(node);
            if (gone == null) return;
            gone.device().lose();
            gone.wake().run();
        }
    }
}
