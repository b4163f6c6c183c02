package org.cobnut.drivers.sim;

import java.io.IOException;
import org.cobnut.client.Address;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Option;
import org.cobnut.driver.Options;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.Links;
import org.osgi.service.component.annotations.Component;

/** Devices without hardware (dummy-ups(8)). */
@Component(property = {Driver.NAME + "=dummy-ups", Driver.VERSION + "=1.0"})
public final class DummyUps implements Driver {
    static final String MODE = "driver.parameter.mode";

    private static final Options OPTIONS = Options.of(
            Option.choice(
                    "mode",
                    "What the port is, when its name does not tell",
                    "dummy",
                    "dummy-once",
                    "dummy-loop",
                    "repeater"),
            Option.text("user", "Repeater: the user of the other server who sets variables and runs commands"),
            Option.secret("password", "Repeater: that user's password"),
            Option.flag(
                    "repeater_disable_strict_start",
                    "Taken for NUT's sake: a server that is away is waited for anyhow"),
            Option.text("authconf", "Taken for NUT's sake, and not read: give user and password here"));

    @Override
    public Options options() {
        return OPTIONS;
    }

    @Override
    public Session open(Settings settings, Links links) throws IOException {
        Mode mode = Mode.of(settings.text("mode"), settings.port());
        if (mode == Mode.REPEATER)
            return RepeaterSession.open(Address.of(settings.port()), settings.text("user"), settings.text("password"));
        return new FileSession(settings.ups(), links.file(settings.port()), mode, System::nanoTime);
    }
}
