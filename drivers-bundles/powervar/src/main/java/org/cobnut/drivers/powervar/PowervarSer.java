package org.cobnut.drivers.powervar;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Option;
import org.cobnut.driver.Options;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.ByteLink;
import org.cobnut.link.Links;
import org.cobnut.link.SerialParameters;
import org.cobnut.table.line.RequestLine;
import org.osgi.service.component.annotations.Component;

/** powervar_cx_ser: Powervar UPM units on a serial line. */
@Component(property = {Driver.NAME + "=powervar_cx_ser", Driver.VERSION + "=1.00", Driver.EXPERIMENTAL + "=true"})
public final class PowervarSer implements Driver {
    private static final String SPEED = "9600";
    private static final Duration REST = Duration.ofSeconds(1);

    @Override
    public Options options() {
        var options = new ArrayList<>(Powervar.options());
        options.add(Option.choice("pvbaud", "Bits a second, of special firmware", SPEED, "38400", "57600", "115200")
                .fallback(SPEED));
        return new Options(options);
    }

    @Override
    public Session open(Settings settings, Links links) throws IOException {
        int speed = Integer.parseInt(settings.text("pvbaud").orElse(SPEED));
        var protocol = new CusppProtocol(
                new RequestLine(links.open(ByteLink.class, settings.port(), SerialParameters.at(speed))));
        protocol.wake(REST);
        return Powervar.open(protocol, settings, Map.of());
    }
}
