package org.cobnut.driversocket;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Modified;

/** A section of ups.conf, as far as its socket goes. */
@Component(
        service = SocketSection.class,
        configurationPid = "cobnut.ups",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class SocketSection {
    /** What is read of the section; the runtime's Metatype describes the whole of it. */
    @interface Config {
        String ups();

        String driver();

        String desc() default "";

        String isolation() default "";

        String group() default "";
    }

    /** The section at one moment. */
    record Lines(String ups, String driver, String description, boolean isolated, String group) {
        /** The file name of its socket (upsd(8), "FILES"). */
        String socket() {
            return driver + '-' + ups;
        }
    }

    private volatile Lines lines;

    /** One section as it stands in the configuration. */
    @Activate
    public SocketSection(Config config) {
        lines = read(config);
    }

    @Modified
    void modified(Config config) {
        lines = read(config);
    }

    Lines lines() {
        return lines;
    }

    private static Lines read(Config config) {
        return new Lines(
                config.ups(), config.driver(), config.desc(), config.isolation().equals("process"), config.group());
    }
}
