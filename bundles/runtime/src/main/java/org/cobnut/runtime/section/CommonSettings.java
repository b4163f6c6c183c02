package org.cobnut.runtime.section;

import java.time.Duration;
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

    /**
     * The values for one device.
     *
     * @param interval seconds between polls
     * @param synchronous how a driver of the C kind writes to its server
     * @param debug level that driver.debug begins with
     */
    public record Values(int interval, String synchronous, int debug) {
        /** Returns the time between two polls. */
        public Duration pause() {
            return Duration.ofSeconds(interval);
        }

        /** Returns the values of a section, and these where it has none. */
        public Values over(Section section) {
            return new Values(
                    section.interval() > 0 ? section.interval() : interval,
                    section.synchronous().isEmpty() ? synchronous : section.synchronous(),
                    Math.max(0, section.debug() < 0 ? debug : section.debug()));
        }
    }

    private final List<Runnable> devices = new CopyOnWriteArrayList<>();
    private volatile Values common;

    @Activate
    public CommonSettings(Config config) {
        common = read(config);
    }

    @Modified
    public void modified(Config config) {
        common = read(config);
        devices.forEach(Runnable::run);
    }

    /** Returns the values of this moment. */
    public Values common() {
        return common;
    }

    /** Calls back at every change until {@link #forget}. */
    public void follow(Runnable device) {
        devices.add(device);
    }

    /** Calls it back no more. */
    public void forget(Runnable device) {
        devices.remove(device);
    }

    private static Values read(Config config) {
        return new Values(Math.max(1, config.pollinterval()), config.synchronous(), config.debug_min());
    }
}
