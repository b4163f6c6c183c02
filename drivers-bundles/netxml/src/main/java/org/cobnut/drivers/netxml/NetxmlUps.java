package org.cobnut.drivers.netxml;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Option;
import org.cobnut.driver.Options;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.Links;
import org.cobnut.link.http.HttpLink;
import org.cobnut.link.http.HttpParameters;
import org.cobnut.table.mapping.MappedSession;
import org.cobnut.table.mapping.MappedSession.Opened;
import org.cobnut.table.mapping.Mapping;
import org.cobnut.table.mapping.MappingSet;
import org.cobnut.table.mapping.Mappings;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** netxml-ups: UPSes behind network cards of MGE and Eaton (netxml-ups(8)). */
@Component(property = {Driver.NAME + "=netxml-ups", Driver.VERSION + "=0.1"})
public final class NetxmlUps implements Driver {
    private static final String MAPPING = "mge-xml";
    private static final Options OPTIONS = Options.of(
            Option.number("timeout", 5, "Seconds that the card may take for a page"),
            Option.text("login", "Login, where the card asks for one"),
            Option.secret("password", "Password of that login"),
            Option.flag("do_convert_deci", "Take a tenth of currents that old cards tell ten times too large"),
            Option.flag("subscribe", "Taken for the sake of old files; the card is asked in each poll anyway"),
            Option.text("shutdown_duration", "Taken for the sake of old files; changes nothing"),
            Option.text("shutdown_timer", "Taken for the sake of old files; changes nothing"));

    private final MappingSet<String> mappings;

    @Activate
    public NetxmlUps(@Reference Mappings mappings) {
        this(mappings.open(NetxmlKind.INSTANCE));
    }

    /** A driver without a runtime. */
    NetxmlUps() {
        this(NetxmlKind.SHIPPED);
    }

    private NetxmlUps(MappingSet<String> mappings) {
        this.mappings = mappings;
    }

    @Deactivate
    void stop() {
        mappings.close();
    }

    @Override
    public Options options() {
        return OPTIONS;
    }

    @Override
    public Session open(Settings settings, Links links) throws IOException {
        long timeout = settings.number("timeout");
        if (timeout < 1 || timeout > 60)
            throw new IllegalArgumentException("option 'timeout' is 1 to 60 seconds, not " + timeout);
        HttpParameters usual = HttpParameters.USUAL.timeout(Duration.ofSeconds(timeout));
        HttpParameters parameters = settings.text("login")
                .map(login -> usual.login(login, settings.text("password").orElse("")))
                .orElse(usual);
        String port = settings.port().matches("https?://.+") ? settings.port() : "http://" + settings.port();
        return new MappedSession(settings.ups(), mappings, links::wake, () -> {
            Mapping<String> mapping = mappings.named(MAPPING)
                    .orElseThrow(() -> new IOException("there is no mapping " + MAPPING + " of the kind netxml;"
                            + " \"nutctl mapping list\" lists those that there are"));
            HttpLink link = links.open(HttpLink.class, port, parameters);
            var card = Card.find(link);
            var session = new NetxmlSession(card, mapping.table(), settings.flag("do_convert_deci"));
            return new Opened(session, Optional.of(mapping), true, session::origins);
        });
    }
}
