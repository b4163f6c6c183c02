package org.cobnut.runtime;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** What the lines of ups.conf before its first section say for every device; all of it is taken over live. */
@Designate(ocd = CommonSettings.Config.class)
@Component(configurationPid = "cobnut.drivers", service = CommonSettings.class)
public final class CommonSettings {
    /** The lines of ups.conf before the first section, as far as devices mind them. */
    @ObjectClassDefinition(
            name = "ups.conf: for all devices",
            description = "The lines of ups.conf before the first section. A device's own section wins.")
    public @interface Config {
        @AttributeDefinition(name = "pollinterval", description = "Seconds between two polls of a device", min = "1")
        int pollinterval() default 2;

        @AttributeDefinition(
                name = "synchronous",
                description = "How drivers of the C kind write to their server; shown only",
                options = {
                    @Option(label = "yes", value = "yes"),
                    @Option(label = "no", value = "no"),
                    @Option(label = "auto", value = "auto")
                })
        String synchronous() default "auto";

        @AttributeDefinition(
                name = "debug_min",
                description = "The level that driver.debug begins with",
                required = false,
                min = "0")
        int debug_min() default 0;
    }

    private final List<Runnable> devices = new CopyOnWriteArrayList<>();
    private volatile DriverVariables.Common common;

    @Activate
    public CommonSettings(Config config) {
        common = read(config);
    }

    @Modified
    void modified(Config config) {
        common = read(config);
        devices.forEach(Runnable::run);
    }

    DriverVariables.Common common() {
        return common;
    }

    /** Calls back at every change until {@link #forget}. */
    void follow(Runnable device) {
        devices.add(device);
    }

    void forget(Runnable device) {
        devices.remove(device);
    }

    private static DriverVariables.Common read(Config config) {
        return new DriverVariables.Common(Math.max(1, config.pollinterval()), config.synchronous(), config.debug_min());
    }
}
