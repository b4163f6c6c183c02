package org.cobnut.link.usb.libusb;

import java.io.IOException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.usb4java.Context;
import org.usb4java.DeviceDescriptor;
import org.usb4java.HotplugCallbackHandle;
import org.usb4java.LibUsb;

/** libusb, with the one thread that completes all transfers and hears of devices that come and go. */
final class LibUsbContext implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LibUsbContext.class);
    private static final long TURN_MICROS = 60_000_000;
    private static final long END_MILLIS = 3000;

    private final Context context;
    private final Thread events;
    private final ScheduledThreadPoolExecutor worker;
    private final HotplugCallbackHandle hotplug = new HotplugCallbackHandle();
    private final HotplugListener listener;
    private volatile boolean closing;

    /** Hears of devices, on the thread of the events, which it must not hold up. */
    interface HotplugListener {
        /** A device has come. */
        void arrived(int bus, int address, int vendor, int product);

        /** A device is gone. */
        void left(int bus, int address);
    }

    private LibUsbContext(Context context, HotplugListener listener) {
        this.context = context;
        this.listener = listener;
        worker = new ScheduledThreadPoolExecutor(1, work -> thread(work, "cobnut-usb-worker"));
        worker.setKeepAliveTime(10, TimeUnit.SECONDS);
        worker.allowCoreThreadTimeOut(true);
        worker.setRemoveOnCancelPolicy(true);
        events = thread(this::handleEvents, "cobnut-usb");
    }

    /**
     * Starts libusb.
     *
     * @throws IOException when this machine has no USB, or the library does not load; a sentence for the operator
     */
    static LibUsbContext start(HotplugListener listener) throws IOException {
        var context = new Context();
        int code;
        try {
            code = LibUsb.init(context);
        } catch (LinkageError
                | RuntimeException failed) { // what its loader throws for a platform that it has no code for
            throw new IOException("USB cannot be used: libusb does not load on this machine (" + failed + ")", failed);
        }
        if (code != LibUsb.SUCCESS)
            throw new IOException("USB cannot be used: this machine has no USB bus that this program may see ("
                    + LibUsb.errorName(code) + ")");
        var started = new LibUsbContext(context, listener);
        started.begin();
        return started;
    }

    private void begin() {
        int code = LibUsb.hotplugRegisterCallback(
                context,
                LibUsb.HOTPLUG_EVENT_DEVICE_ARRIVED | LibUsb.HOTPLUG_EVENT_DEVICE_LEFT,
                0,
                LibUsb.HOTPLUG_MATCH_ANY,
                LibUsb.HOTPLUG_MATCH_ANY,
                LibUsb.HOTPLUG_MATCH_ANY,
                (in, device, event, data) -> {
                    int bus = LibUsb.getBusNumber(device);
                    int address = LibUsb.getDeviceAddress(device);
                    if (event == LibUsb.HOTPLUG_EVENT_DEVICE_LEFT) listener.left(bus, address);
                    else {
                        var descriptor = new DeviceDescriptor();
                        LibUsb.getDeviceDescriptor(device, descriptor);
                        listener.arrived(bus, address, descriptor.idVendor() & 0xffff, descriptor.idProduct() & 0xffff);
                    }
                    return 0;
                },
                null,
                hotplug);
        if (code != LibUsb.SUCCESS)
            log.warn("libusb does not tell when devices come and go ({})", LibUsb.errorName(code));
        events.start();
    }

    /** The devices that are plugged in now. */
    DeviceScan scan() throws IOException {
        return new DeviceScan(context);
    }

    /** Runs what is late or what may take a while. */
    ScheduledThreadPoolExecutor worker() {
        return worker;
    }

    /** All devices are closed by now. */
    @Override
    public void close() {
        closing = true;
        worker.shutdownNow();
        LibUsb.hotplugDeregisterCallback(context, hotplug);
        LibUsb.interruptEventHandler(context);
        try {
            events.join(END_MILLIS);
            if (!events.isAlive()) LibUsb.exit(context);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void handleEvents() {
        while (!closing) {
            int code = LibUsb.handleEventsTimeout(context, TURN_MICROS);
            if (code != LibUsb.SUCCESS && code != LibUsb.ERROR_INTERRUPTED && !closing) {
                log.error("libusb cannot wait for devices ({}); restart this program", LibUsb.errorName(code));
                return;
            }
        }
    }

    private static Thread thread(Runnable work, String name) {
        var thread = new Thread(null, work, name, 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(LibUsbContext.class.getClassLoader());
        return thread;
    }
}
