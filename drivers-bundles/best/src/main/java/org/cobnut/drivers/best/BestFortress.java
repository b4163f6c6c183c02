package org.cobnut.drivers.best;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Option;
import org.cobnut.driver.Options;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.ByteLink;
import org.cobnut.link.Links;
import org.cobnut.link.SerialParameters;
import org.cobnut.table.Format;
import org.cobnut.table.Numbers;
import org.cobnut.table.Row;
import org.cobnut.table.line.AnswerPart;
import org.cobnut.table.line.RequestLine;
import org.osgi.service.component.annotations.Component;

/** bestfortress: the older Fortress units. */
@Component(property = {Driver.NAME + "=bestfortress", Driver.VERSION + "=0.05"})
public final class BestFortress implements Driver {
    private static final Options OPTIONS = Options.of(
            Option.choice("baudrate", "Bits a second, as parameter 6 of the unit says", "1200", "2400", "4800", "9600")
                    .fallback("1200"),
            Option.number("max_load", 0, "VA that the unit can bear, for ups.load"));

    /** What a unit takes to digest a character. */
    private static final Duration PACE = Duration.ofMillis(50);

    private static final String DELAY = "10";

    @Override
    public Options options() {
        return OPTIONS;
    }

    @Override
    public Session open(Settings settings, Links links) throws IOException {
        int speed = Integer.parseInt(settings.text("baudrate").orElse("1200"));
        ByteLink link = links.open(ByteLink.class, settings.port(), SerialParameters.at(speed));
        String goOff = BestSession.locked("?p1=1") + ";OFF" + DELAY;
        return new BestSession(
                "bestfortress",
                new BestProtocol(new RequestLine(link, PACE)),
                rows(settings.number("max_load"), goOff),
                goOff,
                Map.of("input.transfer.low", 7, "input.transfer.high", 8, "battery.runtime.low", 2));
    }

    private static List<Row<AnswerPart>> rows(long most, String goOff) {
        List<Row<AnswerPart>> rows = BestSession.rows("Fortress");
        BestSession.constant(rows, "battery.voltage.nominal", "24");
        BestSession.constant(rows, "ups.delay.shutdown", DELAY);
        rows.add(Row.flag(BestProtocol.columns(11, 34), BestFortress::words));
        BestSession.field(rows, 36, 40, "output.current", Format.times(0.1, 1));
        BestSession.field(rows, 40, 46, "output.voltamps", Format.fixed(0));
        BestSession.field(rows, 54, 57, "input.frequency", Format.times(0.1, 1));
        BestSession.field(rows, 62, 66, "ups.temperature", Format.fixed(0));
        if (most > 0)
            BestSession.field(rows, 40, 46, "ups.load", (raw, known) -> Numbers.parse(raw)
                    .map(power -> Long.toString((long) (power * 100 / most))));
        rows.add(Row.command("shutdown.return", AnswerPart.order(goOff), (argument, known) -> ""));
        rows.add(Row.command(
                "load.off", AnswerPart.order(BestSession.locked("?p1=0") + ";OFF1"), (argument, known) -> ""));
        return rows;
    }

    /** Of the columns 11 to 34. */
    private static List<String> words(String digits) {
        boolean inverter = digits.charAt(6) != '0';
        boolean off = digits.charAt(0) == '0';
        int low = (Character.digit(digits.charAt(10), 16) & 8) | (Character.digit(digits.charAt(9), 16) & 1);
        var words = new ArrayList<>(List.of(inverter ? "OB" : off ? "OFF" : "OL"));
        if (low != 0) words.add("LB");
        if (digits.charAt(22) == '1') words.add("TRIM");
        return words;
    }
}
