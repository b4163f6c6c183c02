package org.cobnut.upsd.registry;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Modified;

/** A section of ups.conf, of which the server takes only the name, the place and the description. */
@Component(service = Section.class, configurationPid = "cobnut.ups", configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class Section {
    /** The keys of a section that the server reads; the metatype of the runtime describes all of them. */
    @interface Config {
        String ups();

        String desc() default "";

        int order() default 0;
    }

    private final String name;
    private volatile String description;
    private volatile int order;

    /** A section of the configuration. */
    @Activate
    public Section(Config config) {
        this(config.ups(), config.desc(), config.order());
    }

    public Section(String name, String description, int order) {
        this.name = name;
        this.description = description;
        this.order = order;
    }

    @Modified
    void modified(Config config) {
        description = config.desc();
        order = config.order();
    }

    String name() {
        return name;
    }

    /** Empty when ups.conf gives none. */
    String description() {
        return description;
    }

    int order() {
        return order;
    }
}
