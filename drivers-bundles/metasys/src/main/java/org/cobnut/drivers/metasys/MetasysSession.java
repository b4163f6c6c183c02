package org.cobnut.drivers.metasys;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cobnut.driver.Due;
import org.cobnut.driver.Report;
import org.cobnut.driver.Session;
import org.cobnut.link.NoAnswerException;
import org.cobnut.model.Outcome;
import org.cobnut.model.VarType;
import org.cobnut.table.Format;
import org.cobnut.table.Numbers;
import org.cobnut.table.Row;
import org.cobnut.table.Table;
import org.cobnut.table.TableSession;
import org.cobnut.table.UnfitAnswerException;
import org.cobnut.table.Words;

/** One UPS of Meta System. */
final class MetasysSession implements Session {
    private static final int OUTPUT = 0x01;
    private static final int INPUT = 0x02;
    private static final int BATTERY = 0x04;
    private static final int SCHEDULE = 0x06;
    private static final int SET_SCHEDULE = 0x0a;
    private static final int SET_RESTART = 0x0c;
    private static final int BUZZER = 0x0d;
    private static final int TEST = 0x0e;

    private static final String BATTERY_TEST = "test.battery.start";
    private static final Duration TEST_WAIT = Duration.ofSeconds(25);
    private static final String RESULT = "ups.test.result";

    /** Seconds until off, and until on again, of commands and of a shutdown of the host. */
    private static final int OFF = 30;

    private static final int HOST_OFF = 150;
    private static final int ON = 1;
    private static final int NEVER = -1;

    private static final String RESTARTS = "\0\0\0\0\u0001";

    private static final Words STATUS = Words.lookup(Map.of(
                    "0", List.of("OL"),
                    "1", List.of("OB"),
                    "2", List.of("OB", "LB"),
                    "3", List.of("OL", "BYPASS"),
                    "4", List.of("OL", "BYPASS")))
            .only("0", "1", "2", "3", "4");

    private final Frames line;
    private final MetasysWire wire;
    private final TableSession<Place> table;
    private String result = "not yet done...";

    MetasysSession(Frames line, Identity identity) {
        this.line = line;
        this.wire = new MetasysWire(line);
        this.table = new TableSession<>(wire, Table.of(identity.model().name(), rows(identity)));
    }

    private static List<Row<Place>> rows(Identity identity) {
        int watts = identity.model().watts();
        var rows = new ArrayList<Row<Place>>(List.of(
                Row.flag(Place.octet(MetasysWire.STATUS, 1), STATUS),
                Row.flag(
                        Place.octet(MetasysWire.STATUS, 2),
                        Words.lookup(Map.of("1", List.of("OVER"), "5", List.of("RB")))),
                Row.alarm(
                        Place.octet(MetasysWire.STATUS, 2),
                        Words.lookup(Map.of("2", List.of("over-temperature"), "3", List.of("hardware fault")))),
                constant("ups.mfr", "Meta System"),
                constant("ups.model", identity.model().name()),
                constant("ups.firmware", identity.firmware()),
                Row.field(Place.octet(MetasysWire.STATUS, 3), "ups.temperature", (raw, known) -> Numbers.parse(raw)
                        .map(number -> number - 128)
                        .filter(degrees -> degrees > 0)
                        .map(degrees -> Numbers.format(degrees, 0))),
                Row.field(Place.word(OUTPUT, 3), "output.voltage", measured(1, 0)),
                Row.field(Place.word(OUTPUT, 5), "output.current", measured(0.1, 2)),
                Row.field(Place.word(INPUT, 3), "input.voltage", measured(1, 0)),
                Row.field(Place.word(BATTERY, 1), "battery.voltage", measured(0.1, 2)),
                Row.field(Place.duration(SCHEDULE, 1), "ups.timer.shutdown", Format.fixed(0)),
                Row.field(Place.duration(SCHEDULE, 5), "ups.timer.start", Format.fixed(0)),
                Row.command("shutdown.return", Place.order(SET_RESTART), (argument, known) -> RESTARTS)
                        .then(Place.order(SET_SCHEDULE), (argument, known) -> schedule(OFF, ON)),
                order("shutdown.stayoff", SET_SCHEDULE, schedule(OFF, NEVER)),
                order("shutdown.stop", SET_SCHEDULE, schedule(NEVER, NEVER)),
                order("beeper.mute", BUZZER, "\u0001"),
                order("beeper.off", BUZZER, "\u0001"),
                order("beeper.enable", BUZZER, "\0"),
                order("beeper.on", BUZZER, "\0"),
                order("test.failure.start", TEST, "\u0001"),
                order("test.failure.stop", TEST, "\u0002")));
        if (!identity.serial().isEmpty()) rows.add(constant("ups.serial", identity.serial()));
        if (watts > 0) rows.add(Row.field(Place.word(OUTPUT, 1), "ups.load", measured(100.0 / watts, 1)));
        return rows;
    }

    /** A number; a negative one says that there is none. */
    private static Format measured(double factor, int decimals) {
        return Format.times(factor, decimals).from(0);
    }

    private static Row<Place> constant(String name, String value) {
        return Row.parameter(name, VarType.READ_ONLY, value, (text, known) -> text);
    }

    private static Row<Place> order(String name, int command, String data) {
        return Row.command(name, Place.order(command), (argument, known) -> data);
    }

    /** Seconds until off and until on, the lowest byte first. */
    private static String schedule(int off, int on) {
        var text = new StringBuilder();
        for (int seconds : new int[] {off, on})
            for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) text.append((char) (seconds >> shift & 0xff));
        return text.toString();
    }

    @Override
    public void poll(Report report, Due due) throws IOException {
        table.poll(report, due);
        report.command(BATTERY_TEST);
        report.set(RESULT, result);
    }

    @Override
    public Outcome run(String command, String argument) throws IOException {
        if (command.equalsIgnoreCase(BATTERY_TEST)) return test();
        if (!command.equalsIgnoreCase("shutdown.default")) return table.run(command, argument);
        // Whether it will come back is one thing, that it goes off another: the second does not wait for the first.
        wire.write(Place.order(SET_RESTART), RESTARTS);
        return wire.write(Place.order(SET_SCHEDULE), schedule(HOST_OFF, ON));
    }

    /** The UPS answers when the test is over. */
    private Outcome test() throws IOException {
        try {
            String answer = line.order((char) TEST + "\0", TEST_WAIT);
            boolean passed = answer.length() > 1 && answer.charAt(1) == 0;
            result = passed ? "OK" : "FAILED";
            return passed ? Outcome.handled() : Outcome.failed("the battery failed the test");
        } catch (NoAnswerException | UnfitAnswerException e) {
            return Outcome.failed("the UPS did not say how the test ended");
        }
    }

    @Override
    public void close() {
        table.close();
    }
}
