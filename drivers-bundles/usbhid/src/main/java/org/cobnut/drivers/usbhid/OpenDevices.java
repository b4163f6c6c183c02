package org.cobnut.drivers.usbhid;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.cobnut.driver.Due;
import org.cobnut.driver.Report;
import org.cobnut.driver.Session;
import org.cobnut.drivers.usbhid.descriptor.DescriptorException;
import org.cobnut.drivers.usbhid.descriptor.ReportDescriptor;
import org.cobnut.model.Outcome;
import org.cobnut.table.mapping.MappedSession.Opened;
import org.osgi.service.component.annotations.Component;

/** The devices that are open now, so that they can be inspected by hand. */
@Component(service = OpenDevices.class)
public final class OpenDevices {
    /** Usages of the outermost collection: UPS, and what early Powercom units say in its place. */
    private static final java.util.Set<Integer> TOP = java.util.Set.of(0x00840004, 0x00020004);

    private final Map<String, Inspected> devices = new ConcurrentHashMap<>();

    /** Opens a session, and lists its device while it lasts. */
    Opened open(OpenDevice device, Config config, boolean named, Runnable wake) {
        var session = new HidSession(device, config, System::nanoTime);
        var inspected = new Inspected(config.ups(), session, new Inspection(device), wake);
        devices.put(config.ups(), inspected);
        return new Opened(inspected, Optional.of(device.mapping()), named, session::origins);
    }

    /**
     * Asks a device for everything, in its next poll, and waits for that.
     *
     * @throws IllegalArgumentException when no such device is open here
     */
    String tree(String ups) throws IOException {
        Inspected device = devices.get(ups);
        if (device == null)
            throw new IllegalArgumentException(
                    "%s is no device that usbhid-ups or mge-shut has open; see: nutctl list".formatted(ups));
        return device.request.await(device.wake);
    }

    /** Whether a report descriptor is that of a UPS; true for one that cannot be read, so that its fault is told. */
    static boolean powerDevice(byte[] bytes) {
        try {
            return ReportDescriptor.parse(bytes).fields().stream()
                    .anyMatch(field -> TOP.contains(field.path().nodes().get(0)));
        } catch (DescriptorException wrong) {
            return true;
        }
    }

    /** A session that draws the tree of its device between two polls. */
    private final class Inspected implements Session {
        private final String ups;
        private final HidSession session;
        private final Inspection inspection;
        private final Runnable wake;
        private final TreeRequest request = new TreeRequest();

        Inspected(String ups, HidSession session, Inspection inspection, Runnable wake) {
            this.ups = ups;
            this.session = session;
            this.inspection = inspection;
            this.wake = wake;
        }

        @Override
        public void poll(Report report, Due due) throws IOException {
            session.poll(report, due);
            request.answer(inspection);
        }

        @Override
        public Outcome set(String variable, String value) throws IOException {
            return session.set(variable, value);
        }

        @Override
        public Outcome run(String command, String argument) throws IOException {
            return session.run(command, argument);
        }

        @Override
        public void close() {
            devices.remove(ups, this);
            request.end();
            session.close();
        }
    }
}
