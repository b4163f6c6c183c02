package org.cobnut.drivers.bestups;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Option;
import org.cobnut.driver.Options;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.ByteLink;
import org.cobnut.link.Links;
import org.cobnut.link.SerialParameters;
import org.cobnut.table.Condition;
import org.cobnut.table.Format;
import org.cobnut.table.Known;
import org.cobnut.table.Numbers;
import org.cobnut.table.Row;
import org.cobnut.table.Table;
import org.cobnut.table.TableSession;
import org.cobnut.table.line.AnswerPart;
import org.cobnut.table.line.LineWire;
import org.cobnut.table.line.RequestLine;
import org.osgi.service.component.annotations.Component;

/** bestups: Best Power Fortress, Patriot Pro and Axxium, and Sola units. */
@Component(property = {Driver.NAME + "=bestups", Driver.VERSION + "=1.09"})
public final class BestUps implements Driver {
    private static final Duration PACE = Duration.ofMillis(50);

    private static final Options OPTIONS = Options.of(
            Option.text("nombattvolt", "Volts of a full battery, instead of what the unit says"),
            Option.number("battvoltmult", 1, "By what the battery's voltage is multiplied"),
            Option.text("ID", "What counts as the answer to ID, such as 610,1500,120,120,10.0,48.0"));

    @Override
    public Options options() {
        return OPTIONS;
    }

    @Override
    public Session open(Settings settings, Links links) throws IOException {
        Optional<Identity> stated = settings.text("ID").map(text -> Identity.of(text)
                .orElseThrow(() -> new IllegalArgumentException(
                        "option 'ID' wants six parts, such as 610,1500,120,120,10.0,48.0, not '" + text + "'")));
        ByteLink link = links.open(ByteLink.class, settings.port(), SerialParameters.at(2400));
        var protocol = new BestProtocol(new RequestLine(link, PACE));
        protocol.ask(BestProtocol.STATUS);
        Identity identity = stated.isPresent() ? stated.get() : ask(protocol);
        protocol.give("C", ""); // a shutdown that a driver before this one has ordered
        return new TableSession<>(
                new LineWire<>("bestups", protocol, Set.of(BestProtocol.STATUS)), table(settings, identity));
    }

    private static Identity ask(BestProtocol protocol) throws IOException {
        String answer = protocol.ask("ID");
        return Identity.of(answer)
                .orElseThrow(() -> new IOException("the UPS says '" + answer + "' of itself, which has fewer than six"
                        + " parts; option 'ID' may say it instead"));
    }

    private static Table<AnswerPart> table(Settings settings, Identity told) {
        long factor = settings.number("battvoltmult");
        Identity identity = settings.text("nombattvolt")
                .flatMap(Numbers::leading)
                .map(told::full)
                .orElse(told);
        var rows = new ArrayList<Row<AnswerPart>>();
        rows.add(constant("ups.mfr", identity.maker()));
        rows.add(constant("ups.model", identity.model()));
        rows.add(constant("input.voltage.nominal", identity.inputVolts()));
        rows.add(constant("output.voltage.nominal", identity.outputVolts()));
        told.nominal().ifPresent(volts -> rows.add(constant("battery.voltage.nominal", Long.toString(factor * volts))));
        rows.add(field(0, "input.voltage", Format.text()));
        rows.add(field(2, "output.voltage", Format.text()));
        rows.add(field(3, "ups.load", Format.text()));
        rows.add(field(4, "input.frequency", Format.text()));
        rows.add(field(5, "battery.voltage", Format.times((double) factor, 1)));
        rows.add(field(5, "battery.charge", charge(identity)));
        rows.add(field(6, "ups.temperature", (raw, known) -> Optional.of(raw).filter(text -> !text.startsWith("X"))));
        status(rows, identity.inverted());
        rows.add(command("test.battery.start", "T"));
        rows.add(command("test.battery.stop", "CT"));
        rows.add(command("shutdown.default", "S01R0001"));
        return Table.of("bestups", rows);
    }

    private static Format charge(Identity identity) {
        return (raw, known) -> Numbers.parse(raw)
                .filter(volts -> identity.high() > identity.low())
                .map(volts -> 100 * (volts - identity.low()) / (identity.high() - identity.low()))
                .map(percent -> Numbers.format(Math.min(100, percent), 1));
    }

    private static void status(List<Row<AnswerPart>> rows, boolean inverted) {
        var bits = new AnswerPart(BestProtocol.STATUS, "7");
        rows.add(Row.flag(bits, raw -> List.of(raw.charAt(0) == '0' ? "OL" : "OB")));
        rows.add(Row.flag(bits, raw -> raw.charAt(1) == '1' ? List.of("LB") : List.of()));
        // the bit says nothing on battery
        char regulated = inverted ? '0' : '1';
        for (String word : List.of("BOOST", "TRIM"))
            rows.add(Row.<AnswerPart>flag(
                            bits, raw -> raw.charAt(0) == '0' && raw.charAt(2) == regulated ? List.of(word) : List.of())
                    .when(Condition.of(known -> word.equals(regulation(known)))));
    }

    /** What the unit does with the voltage, if it does anything. */
    private static String regulation(Known known) {
        double in = known.number("input.voltage").orElse(0.);
        double out = known.number("output.voltage").orElse(0.);
        if (in < out) return "BOOST";
        return in > out ? "TRIM" : "";
    }

    private static Row<AnswerPart> constant(String name, String value) {
        return field(0, name, (raw, known) -> Optional.of(value));
    }

    private static Row<AnswerPart> field(int place, String name, Format format) {
        return Row.field(new AnswerPart(BestProtocol.STATUS, Integer.toString(place)), name, format);
    }

    private static Row<AnswerPart> command(String name, String order) {
        return Row.command(name, AnswerPart.order(order), (argument, known) -> "");
    }
}
