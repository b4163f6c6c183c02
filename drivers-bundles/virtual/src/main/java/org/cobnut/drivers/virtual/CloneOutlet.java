package org.cobnut.drivers.virtual;

import org.cobnut.driver.Driver;
import org.cobnut.driver.Option;
import org.cobnut.driver.Options;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.Links;
import org.osgi.service.component.annotations.Component;

/** clone-outlet: an outlet of another device to be watched as if it were a UPS (clone-outlet(8)). */
@Component(property = {Driver.NAME + "=clone-outlet", Driver.VERSION + "=0.1"})
public final class CloneOutlet implements Driver {
    private static final Options OPTIONS =
            Options.of(Option.text("prefix", "The outlet as the other device names it, such as outlet.1"));

    @Override
    public Options options() {
        return OPTIONS;
    }

    @Override
    public Session open(Settings settings, Links links) {
        String prefix = settings.text("prefix")
                .orElseThrow(() ->
                        new IllegalArgumentException("option 'prefix' is not given: how the other device names the"
                                + " outlet, such as prefix = outlet.1"));
        return new OutletSession(links, settings.ups(), settings.port(), prefix);
    }
}
