package org.cobnut.drivers.safenet;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Due;
import org.cobnut.driver.Option;
import org.cobnut.driver.Options;
import org.cobnut.driver.Report;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.ByteLink;
import org.cobnut.link.Links;
import org.cobnut.link.SerialParameters;
import org.cobnut.model.Outcome;
import org.cobnut.model.VarType;
import org.cobnut.table.Known;
import org.cobnut.table.Row;
import org.cobnut.table.Table;
import org.cobnut.table.TableSession;
import org.cobnut.table.Words;
import org.cobnut.table.line.AnswerPart;
import org.cobnut.table.line.LineWire;
import org.cobnut.table.line.RequestLine;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** safenet: units of Fairstone, Fenton, Gemini, Powerwell, Repotec, Soltec and Sweex that came with the program SafeNet. */
@Component(property = {Driver.NAME + "=safenet", Driver.VERSION + "=1.82"})
public final class SafeNet implements Driver {
    private static final Duration PACE = Duration.ofMillis(10);
    private static final String SHUTDOWN = "ups.delay.shutdown";
    private static final String START = "ups.delay.start";

    /** Letters that end an order, so that a unit that takes it need not answer. */
    private static final AnswerPart SHUT_DOWN = AnswerPart.order("Z");

    private static final Options OPTIONS = Options.of(
            Option.text("manufacturer", "What ups.mfr says").fallback("unknown"),
            Option.text("modelname", "What ups.model says").fallback("unknown"),
            Option.text("serialnumber", "What ups.serial says").fallback("unknown"),
            Option.number("ondelay", 1, "Minutes from switching off until the load comes back, 0 to 9999"),
            Option.number("offdelay", 30, "Seconds from a shutdown command until the load goes off, 0 to 999"));

    private final RandomGenerator random;

    @Activate
    public SafeNet() {
        this(RandomGenerator.getDefault());
    }

    SafeNet(RandomGenerator random) {
        this.random = random;
    }

    @Override
    public Options options() {
        return OPTIONS;
    }

    @Override
    public Session open(Settings settings, Links links) throws IOException {
        Table<AnswerPart> table = table(settings);
        ByteLink link = links.open(ByteLink.class, settings.port(), SerialParameters.at(1200));
        var protocol = new SafeNetProtocol(new RequestLine(link, PACE), random);
        protocol.initialize();
        return new SafeNetSession(
                protocol,
                new TableSession<>(new LineWire<>("safenet", protocol, Set.of(SafeNetProtocol.STATUS)), table),
                settings);
    }

    private static Table<AnswerPart> table(Settings settings) {
        var rows = new ArrayList<Row<AnswerPart>>(List.of(
                flag(SafeNetProtocol.ON_BATTERY, "OL", "OB"),
                flag(SafeNetProtocol.LOW, "", "LB"),
                flag(SafeNetProtocol.OVERLOAD, "", "OVER"),
                flag(SafeNetProtocol.BATTERY_FAILED, "", "RB"),
                flag(SafeNetProtocol.SYSTEM_FAILED, "", "BYPASS"),
                flag(SafeNetProtocol.TESTING, "", "CAL"),
                delay(SHUTDOWN, settings.number("offdelay"), 999, "option 'offdelay'"),
                delay(START, 60 * settings.number("ondelay"), 60 * 9999, "option 'ondelay'")));
        Map.of(
                        "test.battery.start", SafeNetProtocol.BATTERY_TEST,
                        "test.battery.stop", SafeNetProtocol.STOP_TEST,
                        "test.failure.start", SafeNetProtocol.MAINS_TEST,
                        "test.failure.stop", SafeNetProtocol.STOP_TEST,
                        "beeper.toggle", SafeNetProtocol.BEEPER,
                        "beeper.enable", SafeNetProtocol.IF_SILENT + SafeNetProtocol.BEEPER,
                        "beeper.on", SafeNetProtocol.IF_SILENT + SafeNetProtocol.BEEPER,
                        "beeper.mute", SafeNetProtocol.IF_LOUD + SafeNetProtocol.BEEPER,
                        "beeper.off", SafeNetProtocol.IF_LOUD + SafeNetProtocol.BEEPER)
                .forEach((name, letters) ->
                        rows.add(Row.command(name, AnswerPart.order(letters), (argument, known) -> "")));
        rows.add(Row.command(
                "shutdown.return",
                SHUT_DOWN,
                (argument, known) -> "BAS" + SafeNetProtocol.letters(seconds(known, SHUTDOWN), 3) + "WLPGE"));
        rows.add(Row.command(
                "shutdown.reboot",
                SHUT_DOWN,
                (argument, known) -> "AF"
                        + SafeNetProtocol.letters(seconds(known, SHUTDOWN), 3)
                        + "R"
                        + SafeNetProtocol.letters(seconds(known, START) / 60, 4)
                        + "O"));
        return Table.of("safenet", rows);
    }

    private static Row<AnswerPart> flag(int letter, String no, String yes) {
        Words words = raw -> {
            String word = raw.equals("B") ? yes : no;
            return word.isEmpty() ? List.of() : List.of(word);
        };
        return Row.flag(new AnswerPart(SafeNetProtocol.STATUS, Integer.toString(letter)), words);
    }

    private static Row<AnswerPart> delay(String name, long seconds, long most, String option) {
        if (seconds < 0 || seconds > most)
            throw new IllegalArgumentException(option + " is not between 0 and " + (most > 999 ? 9999 : most));
        return Row.parameter(name, VarType.READ_ONLY, Long.toString(seconds), (text, known) -> text);
    }

    private static long seconds(Known known, String name) {
        return known.number(name).map(Double::longValue).orElse(0L);
    }

    /** A unit whose names the section tells, and whose shutdown depends on the mains. */
    private record SafeNetSession(SafeNetProtocol protocol, TableSession<AnswerPart> table, Settings settings)
            implements Session {
        @Override
        public void poll(Report report, Due due) throws IOException {
            table.poll(report, due);
            settings.text("manufacturer").ifPresent(text -> report.set("ups.mfr", text));
            settings.text("modelname").ifPresent(text -> report.set("ups.model", text));
            settings.text("serialnumber").ifPresent(text -> report.set("ups.serial", text));
        }

        /** On line the unit would not come back by itself. */
        @Override
        public Outcome run(String command, String argument) throws IOException {
            if (!command.equalsIgnoreCase("shutdown.default")) return table.run(command, argument);
            return table.run(protocol.onBattery() ? "shutdown.return" : "shutdown.reboot", "");
        }

        @Override
        public void close() {
            table.close();
        }
    }
}
