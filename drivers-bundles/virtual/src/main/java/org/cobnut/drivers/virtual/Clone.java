package org.cobnut.drivers.virtual;

import org.cobnut.driver.Driver;
import org.cobnut.driver.Option;
import org.cobnut.driver.Options;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.Links;
import org.osgi.service.component.annotations.Component;

/** clone: an outlet of another device as a UPS of its own, which goes off before the rest (clone(8)). */
@Component(property = {Driver.NAME + "=clone", Driver.VERSION + "=0.1"})
public final class Clone implements Driver {
    private static final Options OPTIONS = Options.of(
            Option.text("load.off", "The other device's command that switches the outlet off"),
            Option.text("load.on", "The other device's command that switches the outlet on"),
            Option.text("load.status", "The other device's variable that says whether the outlet is on"),
            Option.number("offdelay", 120, "Seconds from the order, or a low battery, until the outlet goes off"),
            Option.number("ondelay", 30, "Seconds with power until the outlet goes on again"),
            Option.text("mincharge", "On battery, the charge in percent below which the outlet is shut down"),
            Option.text("minruntime", "On battery, the runtime in seconds below which the outlet is shut down"));

    @Override
    public Options options() {
        return OPTIONS;
    }

    @Override
    public Session open(Settings settings, Links links) {
        return new CloneSession(settings, links, System::nanoTime);
    }
}
