package org.cobnut.drivers.sim;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.cobnut.client.Address;
import org.cobnut.client.Auth;
import org.cobnut.client.NutAuth;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Option;
import org.cobnut.driver.Options;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.Links;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Devices without hardware (dummy-ups(8)). */
@Component(property = {Driver.NAME + "=dummy-ups", Driver.VERSION + "=1.0"})
public final class DummyUps implements Driver {
    static final String MODE = "driver.parameter.mode";

    private static final Logger LOG = LoggerFactory.getLogger(DummyUps.class);

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
            Option.text("authconf", "Repeater: where nutauth.conf is: a file, default, or none (the default)"));

    @Override
    public Options options() {
        return OPTIONS;
    }

    @Override
    public Session open(Settings settings, Links links) throws IOException {
        Mode mode = Mode.of(settings.text("mode"), settings.port());
        if (mode == Mode.REPEATER) return repeater(settings, links);
        return new FileSession(settings.ups(), links.file(settings.port()), mode, System::nanoTime);
    }

    /** What stands in the section beats what nutauth.conf says; which is read only where it is asked for. */
    private static Session repeater(Settings settings, Links links) throws IOException {
        Address address = Address.of(settings.port());
        Auth auth = file(settings, links).of(address, settings.text("user"));
        Optional<String> password = settings.text("password").or(auth::password);
        return RepeaterSession.open(address, new Auth(auth.user(), password, auth.tls()));
    }

    private static NutAuth file(Settings settings, Links links) throws IOException {
        String which = settings.text("authconf").orElse("none");
        if (which.equals("none")) return NutAuth.NOTHING;
        Path file = links.file(which.equals("default") ? "nutauth.conf" : which);
        return NutAuth.load(
                which.equals("default") ? which : file.toString(),
                System.getenv(),
                file.resolveSibling(""),
                warning -> LOG.warn("UPS [{}]: {}", settings.ups(), warning));
    }
}
