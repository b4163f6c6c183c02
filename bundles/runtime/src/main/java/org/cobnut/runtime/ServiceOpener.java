package org.cobnut.runtime;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.cobnut.device.DeviceService;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Options;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.ByteLink;
import org.cobnut.link.Links;
import org.cobnut.link.SerialParameters;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens a section's device on a driver that is a service, which is held only while the device is open. */
final class ServiceOpener implements Opener {
    private static final Logger log = LoggerFactory.getLogger(ServiceOpener.class);

    private final BundleContext context;
    private final ServiceReference<Driver> reference;
    private final Section section;
    private final Path configuration;
    private final ByteLinks links;
    private final Neighbours neighbours;
    private final Runnable retry;
    private boolean warned;

    /** @param retry opens the device again, called when what was missing is there */
    ServiceOpener(
            BundleContext context,
            ServiceReference<Driver> reference,
            Section section,
            Path configuration,
            ByteLinks links,
            Neighbours neighbours,
            Runnable retry) {
        this.context = context;
        this.reference = reference;
        this.section = section;
        this.configuration = configuration;
        this.links = links;
        this.neighbours = neighbours;
        this.retry = retry;
    }

    @Override
    public Opened open(Runnable wake) throws IOException {
        Driver driver = context.getService(reference);
        if (driver == null) throw new IOException("the driver is not there");
        boolean open = false;
        try {
            Options options = driver.options();
            Session session = open(driver, checked(options), new SessionLinks(wake));
            open = true;
            return new Opened(new HeldSession(session, () -> release(wake)), options);
        } finally {
            if (!open) release(wake);
        }
    }

    /** Where somebody keeps this driver's process running, its end is the one thing that ends the thread too. */
    @Override
    public void lost() {
        if (!"true".equals(context.getProperty("cobnut.kept"))) return;
        try {
            for (var end : context.getServiceReferences(Runnable.class, "(cobnut.fatal=true)")) {
                log.error("{}: ends its process, and with it the thread that did not come back", section);
                Runnable service = context.getService(end);
                if (service != null) new Thread(service, "cobnut-end").start();
            }
        } catch (InvalidSyntaxException impossible) {
            throw new AssertionError(impossible);
        } catch (IllegalStateException e) {
            log.debug("The framework ends already", e);
        }
    }

    private Settings checked(Options options) {
        Settings settings = section.settings(options);
        refuse(options.faults(settings.values()));
        if (!warned) for (String warning : options.warnings(settings.values())) log.warn("{}: {}", section, warning);
        warned = true;
        return settings;
    }

    private Session open(Driver driver, Settings settings, Links given) throws IOException {
        try {
            return driver.open(settings, given);
        } catch (NumberFormatException fault) {
            throw fault; // of the driver's own, which looked at no number before it read it
        } catch (IllegalArgumentException nonsense) {
            if (nonsense.getMessage() == null) throw nonsense;
            refuse(List.of(nonsense.getMessage()));
            throw nonsense;
        }
    }

    private void refuse(List<String> faults) {
        for (String fault : faults) log.error("{}: {}; the device waits for an edit of its section", section, fault);
        if (!faults.isEmpty()) throw new Misconfigured(faults);
    }

    private void release(Runnable wake) {
        neighbours.forget(wake);
        try {
            context.ungetService(reference);
        } catch (IllegalStateException e) {
            log.debug("The runtime's bundle is gone, and all that it held with it", e);
        }
    }

    /** What a session may use of the world. */
    private final class SessionLinks implements Links {
        private final Runnable wakeUp;

        SessionLinks(Runnable wakeUp) {
            this.wakeUp = wakeUp;
        }

        @Override
        public Path file(String name) {
            return name.startsWith(".") ? Path.of(name) : configuration.resolve(name);
        }

        @Override
        public ByteLink bytes(String port, SerialParameters parameters) throws IOException {
            return links.open(port, section.noLock() ? parameters.shared() : parameters, retry);
        }

        @Override
        public Optional<DeviceService> device(String port) {
            return neighbours.find(port, section.ups(), wakeUp);
        }

        @Override
        public void wake() {
            wakeUp.run();
        }
    }
}
