package org.cobnut.runtime.device;

import org.cobnut.device.IsolatedSection;
import org.cobnut.driver.Driver;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leaves a section to a process of its own when its driver opens a link of native code, where this process is told so and the
 * section does not say otherwise. The caller synchronizes.
 */
final class ProcessHandover {
    private static final Logger log = LoggerFactory.getLogger(ProcessHandover.class);

    /** The framework property that is {@code process} where devices on USB belong into processes of their own. */
    private static final String PROPERTY = "cobnut.usb.isolation";

    private final BundleContext context;
    private final boolean told;
    private @Nullable ServiceReference<Driver> driver;
    private @Nullable ServiceRegistration<IsolatedSection> registration;

    ProcessHandover(BundleContext context) {
        this.context = context;
        this.told = "process".equals(context.getProperty(PROPERTY));
    }

    /** @param isolation what the section says; empty when it does not */
    boolean applies(String isolation) {
        return told && isolation.isEmpty();
    }

    /** From now on the section is another process's, for as long as its driver is this one. */
    void begin(String ups, ServiceReference<Driver> now) {
        end();
        driver = now;
        registration = context.registerService(IsolatedSection.class, () -> ups, null);
        log.info(
                "UPS [{}]: its device is on USB, so its driver runs in a process of its own; isolation = thread keeps it here",
                ups);
    }

    /** Whether the section is left to another process for as long as its driver is this one. */
    boolean covers(ServiceReference<Driver> candidate) {
        return candidate.equals(driver);
    }

    /** Whether the section is left to another process now. */
    boolean isBegun() {
        return driver != null;
    }

    /** The section is for this process again. */
    void end() {
        driver = null;
        try {
            if (registration != null) registration.unregister();
        } catch (IllegalStateException e) {
            log.debug("The framework was faster", e);
        }
        registration = null;
    }
}
