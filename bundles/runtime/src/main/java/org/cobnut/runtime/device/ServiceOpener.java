package org.cobnut.runtime.device;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Option;
import org.cobnut.driver.Options;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.lifecycle.ProgramControl;
import org.cobnut.link.Links;
import org.cobnut.runtime.call.MisconfiguredException;
import org.cobnut.runtime.link.SessionLinks;
import org.cobnut.runtime.poll.Opener;
import org.cobnut.runtime.section.Section;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens a section's device on a driver that is a service, which is held only while the device is open. */
final class ServiceOpener implements Opener {
    private static final Logger log = LoggerFactory.getLogger(ServiceOpener.class);
    private static final String POLLFREQ = "pollfreq";

    private final BundleContext context;
    private final ServiceReference<Driver> reference;
    private final Section section;
    private final Consumer<Settings> opening;
    private final LinkSource links;
    private boolean warned;
    /** What the opening under way, or the session that came of it, uses of the world. */
    private volatile @Nullable SessionLinks current;

    /** Makes the links of a session, given what asks for a poll of it. */
    interface LinkSource {
        SessionLinks links(Runnable wake);
    }

    /** @param opening told of the settings of each session before it is opened */
    ServiceOpener(
            BundleContext context,
            ServiceReference<Driver> reference,
            Section section,
            Consumer<Settings> opening,
            LinkSource links) {
        this.opening = opening;
        this.context = context;
        this.reference = reference;
        this.section = section;
        this.links = links;
    }

    @Override
    public Opened open(Runnable wake) throws IOException {
        Driver driver = context.getService(reference);
        if (driver == null) throw new IOException("the driver is not there");
        SessionLinks given = links.links(wake);
        current = given;
        boolean open = false;
        try {
            Options options = driver.options();
            Settings settings = checked(options);
            opening.accept(settings);
            Session session = open(driver, settings, given);
            open = true;
            return new Opened(new HeldSession(session, () -> release(given)), options, pollfreq(settings));
        } finally {
            if (!open) release(given);
        }
    }

    /** A driver reads everything at each regular poll, unless it declares how often it does. */
    private static Duration pollfreq(Settings settings) {
        boolean declared = settings.options()
                .find(POLLFREQ)
                .filter(option -> option.kind() == Option.Kind.NUMBER)
                .isPresent();
        return declared ? Duration.ofSeconds(Math.max(0, settings.number(POLLFREQ))) : Duration.ZERO;
    }

    /** Closes the links; and where somebody keeps this driver's process running, its end is the one thing that ends the thread too. */
    @Override
    public void lost(Executor threads) {
        SessionLinks left = current;
        if (left != null) threads.execute(left::close);
        if (!"true".equals(context.getProperty("cobnut.kept"))) return;
        try {
            for (var end : context.getServiceReferences(ProgramControl.class, null)) {
                log.error("{}: ends its process, and with it the thread that did not come back", section);
                ProgramControl program = context.getService(end);
                if (program != null) new Thread(program::fail, "cobnut-end").start();
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
        if (!faults.isEmpty()) throw new MisconfiguredException(faults);
    }

    private void release(SessionLinks given) {
        given.close();
        try {
            context.ungetService(reference);
        } catch (IllegalStateException e) {
            log.debug("The runtime's bundle is gone, and all that it held with it", e);
        }
    }
}
