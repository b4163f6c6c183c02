package org.cobnut.runtime.device;

import java.util.Dictionary;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import org.cobnut.device.DeviceService;
import org.cobnut.driver.Driver;
import org.cobnut.runtime.poll.DeviceRunner;
import org.cobnut.runtime.poll.RunningDevice;
import org.cobnut.runtime.section.Section;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A section on one driver, registered in the name of that driver's bundle, so that it goes when the bundle does. */
final class DriverBinding {
    private static final Logger log = LoggerFactory.getLogger(DriverBinding.class);

    private final ServiceReference<Driver> driver;
    private final DeviceRunner runner;
    private final Section section;
    private @Nullable ServiceRegistration<DeviceService> registration;

    DriverBinding(ServiceReference<Driver> driver, DeviceRunner runner, Section section) {
        this.driver = driver;
        this.runner = runner;
        this.section = section;
    }

    ServiceReference<Driver> driver() {
        return driver;
    }

    DeviceRunner runner() {
        return runner;
    }

    /** Shows the device at once, and opens it after that; does nothing when the driver's bundle is just going. */
    void start(CompletionStage<Void> before) {
        Bundle bundle = driver.getBundle();
        BundleContext owner = bundle == null ? null : bundle.getBundleContext();
        if (owner == null) return;
        try {
            registration =
                    owner.registerService(DeviceService.class, new RunningDevice(runner, section), properties(section));
            before.thenRun(runner::start);
        } catch (IllegalStateException e) {
            log.debug("UPS [{}]: its driver's bundle is stopping", section.ups(), e);
        }
    }

    /** Shows another description. */
    void describe(Section now) {
        if (registration != null) registration.setProperties(properties(now));
    }

    /** Withdraws the device, then gives back what it took. */
    CompletionStage<Void> close() {
        try {
            if (registration != null) registration.unregister();
        } catch (IllegalStateException e) {
            log.debug("UPS [{}]: the framework was faster", section.ups(), e);
        }
        registration = null;
        return runner.close();
    }

    private static Dictionary<String, Object> properties(Section section) {
        var properties = new TreeMap<String, Object>();
        properties.put(DeviceService.NAME, section.ups());
        if (!section.description().isEmpty()) properties.put(DeviceService.DESCRIPTION, section.description());
        return FrameworkUtil.asDictionary(properties);
    }
}
