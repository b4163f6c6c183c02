package org.cobnut.drivers.powerpanel;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Option;
import org.cobnut.driver.Options;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.ByteLink;
import org.cobnut.link.Links;
import org.cobnut.link.NoAnswerException;
import org.cobnut.link.SerialParameters;
import org.cobnut.table.Table;
import org.cobnut.table.TableSession;
import org.cobnut.table.UnfitAnswerException;
import org.cobnut.table.line.RequestLine;
import org.osgi.service.component.annotations.Component;

/** powerpanel: CyberPower's UPSes on serial lines (powerpanel(8)). */
@Component(property = {Driver.NAME + "=powerpanel", Driver.VERSION + "=0.1"})
public final class PowerPanel implements Driver {
    /** In the order in which a UPS is asked. */
    private static final List<Protocol> PROTOCOLS = List.of(new BinaryProtocol(), new TextProtocol());

    private static final int TRIES = 3;
    private static final Duration PACE = Duration.ofMillis(50);

    private static final Map<String, String> STATED =
            Map.of("manufacturer", "ups.mfr", "model", "ups.model", "serial", "ups.serial");

    private static final Options OPTIONS = Options.of(
            Option.number("ondelay", 1, "Minutes until the load comes back, 0 to 9999 (protocol text)"),
            Option.number("offdelay", 60, "Seconds until the load goes off, 6 to 600 (protocol text)"),
            Option.text("manufacturer", "Maker to show, whatever the UPS says"),
            Option.text("model", "Model to show, whatever the UPS says"),
            Option.text("serial", "Serial number to show, whatever the UPS says"),
            Option.choice("protocol", "The protocol, instead of finding it out", "text", "binary"));

    @Override
    public Options options() {
        return OPTIONS;
    }

    @Override
    public Session open(Settings settings, Links links) throws IOException {
        Delays delays = Delays.of(settings);
        List<Protocol> offered = settings.text("protocol")
                .map(name -> PROTOCOLS.stream()
                        .filter(protocol -> protocol.name().equals(name))
                        .toList())
                .orElse(PROTOCOLS);
        var parameters = SerialParameters.at(offered.get(0).speed());
        var line = new Exchange(links.open(ByteLink.class, settings.port(), parameters), PACE);
        var stated = new TreeMap<String, String>();
        STATED.forEach((option, variable) -> settings.text(option).ifPresent(text -> stated.put(variable, text)));
        for (Protocol protocol : offered) {
            line.speed(protocol.speed());
            Optional<String> identity = identity(line, protocol);
            if (identity.isEmpty()) continue;
            var table = Table.of(protocol.name(), protocol.rows(identity.get(), delays));
            return new PowerPanelSession(
                    new TableSession<>(new PowerPanelWire(line, protocol), table), protocol, stated);
        }
        throw new IOException("no UPS of CyberPower answers at 1200 or 2400 bits a second; is the cable right?");
    }

    private static Optional<String> identity(Exchange line, Protocol protocol) throws IOException {
        try {
            return Optional.of(RequestLine.repeat(TRIES, () -> protocol.identify(line)));
        } catch (NoAnswerException | UnfitAnswerException e) {
            return Optional.empty();
        }
    }
}
