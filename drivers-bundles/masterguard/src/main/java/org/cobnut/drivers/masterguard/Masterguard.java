package org.cobnut.drivers.masterguard;

import java.io.IOException;
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
import org.cobnut.link.NoAnswerException;
import org.cobnut.link.SerialParameters;
import org.cobnut.table.Format;
import org.cobnut.table.Row;
import org.cobnut.table.Table;
import org.cobnut.table.TableSession;
import org.cobnut.table.UnfitAnswerException;
import org.cobnut.table.line.AnswerPart;
import org.cobnut.table.line.LineWire;
import org.cobnut.table.line.RequestLine;
import org.osgi.service.component.annotations.Component;

/** masterguard: Masterguard A, S and E units, and others with Q1. */
@Component(property = {Driver.NAME + "=masterguard", Driver.VERSION + "=0.27"})
public final class Masterguard implements Driver {
    private static final Options OPTIONS =
            Options.of(Option.flag("CS", "Calls a pending shutdown off when the driver starts"));

    /** Values by their place in the answers to Q1 and Q3. */
    private static final List<String> SHORT = List.of(
            "input.voltage", "", "output.voltage", "ups.load", "input.frequency", "battery.voltage", "ups.temperature");

    private static final List<String> LONG = List.of(
            "",
            "input.voltage",
            "",
            "output.voltage",
            "output.current",
            "input.frequency",
            "battery.voltage",
            "ups.temperature",
            "battery.runtime",
            "battery.charge");

    @Override
    public Options options() {
        return OPTIONS;
    }

    @Override
    public Session open(Settings settings, Links links) throws IOException {
        ByteLink link = links.open(ByteLink.class, settings.port(), SerialParameters.at(2400));
        var protocol = new MasterguardProtocol(new RequestLine(link));
        protocol.ask(MasterguardProtocol.SHORT_STATUS);
        if (settings.flag("CS")) protocol.give("C", "");
        boolean full = answer(protocol, MasterguardProtocol.STATUS).isPresent();
        Optional<String> identity = answer(protocol, MasterguardProtocol.IDENTITY);
        String question = full ? MasterguardProtocol.STATUS : MasterguardProtocol.SHORT_STATUS;
        return new TableSession<>(
                new LineWire<>("masterguard", protocol, Set.of(question)), table(question, full, identity.orElse("")));
    }

    private static Optional<String> answer(MasterguardProtocol protocol, String question) throws IOException {
        try {
            return Optional.of(protocol.askOnce(question));
        } catch (NoAnswerException | UnfitAnswerException none) {
            return Optional.empty();
        }
    }

    private static Table<AnswerPart> table(String question, boolean full, String identity) {
        var rows = new ArrayList<Row<AnswerPart>>();
        List<String> names = full ? LONG : SHORT;
        for (int i = 0; i < names.size(); i++)
            if (!names.get(i).isEmpty()) rows.add(field(question, i, names.get(i), Format.text()));
        int flags = names.size();
        rows.add(flag(question, flags, 0, "OL", "OB"));
        rows.add(flag(question, flags, 1, "", "LB"));
        rows.add(flag(question, flags, 2, "", "BOOST"));
        rows.add(constant(question, "ups.mfr", "MASTERGUARD"));
        rows.add(constant(question, "ups.model", model(identity)));
        if (!firmware(identity).isEmpty()) rows.add(constant(question, "ups.firmware", firmware(identity)));
        rows.add(Row.command("shutdown.default", AnswerPart.order("S.2R0001"), (argument, known) -> ""));
        return Table.of("masterguard " + question, rows);
    }

    private static String model(String identity) {
        return switch (identity.length()) {
            case MasterguardProtocol.IDENTITY_LENGTH ->
                identity.substring(16, 46).strip();
            case MasterguardProtocol.OLD_IDENTITY_LENGTH ->
                identity.substring(4, 16).strip();
            default -> identity.isEmpty() ? "unknown" : "GenericUPS";
        };
    }

    private static String firmware(String identity) {
        return switch (identity.length()) {
            case MasterguardProtocol.IDENTITY_LENGTH -> identity.substring(4, 9).strip();
            case MasterguardProtocol.OLD_IDENTITY_LENGTH ->
                identity.substring(0, 4).strip();
            default -> identity.isEmpty() ? "" : "unkn";
        };
    }

    private static Row<AnswerPart> constant(String question, String name, String value) {
        return field(question, 0, name, (raw, known) -> Optional.of(value));
    }

    private static Row<AnswerPart> field(String question, int place, String name, Format format) {
        return Row.field(new AnswerPart(question, Integer.toString(place)), name, format);
    }

    /** A bit of the flags; any but 0 and 1 makes the reading fail. */
    private static Row<AnswerPart> flag(String question, int place, int bit, String zero, String one) {
        return Row.flag(new AnswerPart(question, Integer.toString(place)), raw -> {
            if (raw.length() <= bit || "01".indexOf(raw.charAt(bit)) < 0)
                throw new UnfitAnswerException("'" + raw + "' stands where flags should");
            String word = raw.charAt(bit) == '1' ? one : zero;
            return word.isEmpty() ? List.of() : List.of(word);
        });
    }
}
