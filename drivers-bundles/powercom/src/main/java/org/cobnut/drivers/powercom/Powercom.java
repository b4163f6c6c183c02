package org.cobnut.drivers.powercom;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Option;
import org.cobnut.driver.Options;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.ByteLink;
import org.cobnut.link.Links;
import org.cobnut.link.SerialParameters;
import org.cobnut.model.Outcome;
import org.cobnut.table.Cadence;
import org.cobnut.table.Numbers;
import org.cobnut.table.Row;
import org.cobnut.table.Table;
import org.cobnut.table.TableSession;
import org.cobnut.table.UnfitAnswerException;
import org.cobnut.table.line.AnswerPart;
import org.cobnut.table.line.LineProtocol;
import org.cobnut.table.line.LineWire;
import org.cobnut.table.line.RequestLine;
import org.osgi.service.component.annotations.Component;

/** powercom: serial units of Powercom, Trust and others. */
@Component(property = {Driver.NAME + "=powercom", Driver.VERSION + "=0.16"})
public final class Powercom implements Driver {
    private static final String QUESTION = "data";

    private static final Options OPTIONS = Options.of(
            Option.text("manufacturer", "What ups.mfr says").fallback("PowerCom"),
            Option.text("modelname", "What ups.model says, in place of what the unit tells"),
            Option.text("serialnumber", "What ups.serial says"),
            Option.choice(
                            "type",
                            "Type of the unit",
                            Type.ALL.stream().map(Type::name).toArray(String[]::new))
                    .fallback("Trust"),
            Option.number("linevoltage", 230, "Volts of the mains, for a unit that does not tell"),
            Option.text("numOfBytesFromUPS", "How many bytes the unit answers, 11 to 16"),
            Option.choice(
                    "methodOfFlowControl", "How the lines of the port are set", "dtr0rts1", "dtr1", "no_flow_control"),
            Option.text("validationSequence", "Places in the answer and what stands there: {{5,0},{7,0},{8,0}}"),
            Option.text("shutdownArguments", "Minutes, seconds, and whether minutes are sent: {{1,30},y}"),
            Option.text("frequency", "A and B of 1/(A x + B): {0.0002,0.0002}"),
            Option.text("loadPercentage", "A and B of A x + B on battery, and on line"),
            Option.text("batteryPercentage", "A, B and C of A x + B load + C on battery, and A and B on line"),
            Option.text("voltage", "A and B of A x + B from 220 V on, and below"),
            Option.flag("nobt", "Taken for the sake of old files: no battery is tested at the start"));

    @Override
    public Options options() {
        return OPTIONS;
    }

    @Override
    public Session open(Settings settings, Links links) throws IOException {
        Type type = Type.of(settings);
        int volts = (int) settings.number("linevoltage");
        if (!(volts >= 200 && volts <= 240) && !(volts >= 100 && volts <= 120))
            throw new IllegalArgumentException("linevoltage is neither 100 to 120 nor 200 to 240: " + volts);
        SerialParameters line = SerialParameters.at(1200);
        if (type.powered()) line = line.lines(false, true);
        var protocol = new Protocol(new RequestLine(links.open(ByteLink.class, settings.port(), line)), type);
        Unit unit = Unit.of(type, volts, protocol.ask(QUESTION));
        protocol.unit(unit);
        var table = Table.of("powercom", rows(settings, unit));
        return new TableSession<>(new LineWire<>("powercom", protocol, Set.of(QUESTION)), table)
                .shutsDownBy("shutdown.return");
    }

    private static List<Row<AnswerPart>> rows(Settings settings, Unit unit) {
        var rows = new ArrayList<Row<AnswerPart>>();
        rows.add(Row.flag(new AnswerPart(QUESTION, "status"), words -> List.of(words.split(" "))));
        constant(rows, "ups.mfr", settings.text("manufacturer").orElse(""));
        constant(rows, "ups.model", settings.text("modelname").orElseGet(() -> unit.title("Unknown")));
        constant(rows, "ups.model.type", unit.name());
        constant(rows, "input.voltage.nominal", Integer.toString(unit.lineVoltage()));
        settings.text("serialnumber").ifPresent(number -> constant(rows, "ups.serial", number));
        for (Measure measure : Measure.ALL)
            rows.add(Row.field(
                    new AnswerPart(QUESTION, measure.variable()),
                    measure.variable(),
                    (raw, known) -> Optional.of(raw)));
        Type type = unit.type();
        String minutes = type.minutes().map(Powercom::hex).orElse("");
        String delay = minutes + hex(type.seconds());
        command(rows, "test.battery.start", "03");
        command(rows, "shutdown.return", "b9bc" + delay);
        command(rows, "shutdown.stayoff", "ba" + delay);
        return rows;
    }

    private static String hex(int number) {
        return "%02x".formatted(number & 0xff);
    }

    private static void constant(List<Row<AnswerPart>> rows, String name, String value) {
        rows.add(Row.field(new AnswerPart(QUESTION, "status"), name, (raw, known) -> Optional.of(value))
                .every(Cadence.ONCE));
    }

    private static void command(List<Row<AnswerPart>> rows, String name, String bytes) {
        rows.add(Row.command(name, AnswerPart.order(bytes), (argument, known) -> ""));
    }

    /** What is measured. */
    private record Measure(String variable, ToDoubleFunction<Reading> value, int decimals) {
        static final List<Measure> ALL = List.of(
                new Measure("input.frequency", Reading::inputFrequency, 2),
                new Measure("output.frequency", Reading::outputFrequency, 2),
                new Measure("ups.load", Reading::load, 1),
                new Measure("battery.charge", Reading::charge, 1),
                new Measure("input.voltage", Reading::inputVoltage, 1),
                new Measure("output.voltage", Reading::outputVoltage, 1));

        String of(Reading reading) {
            return Numbers.format(value.applyAsDouble(reading), decimals);
        }
    }

    /** One byte asks for everything; an answer has a length and some bytes that are always the same, and no checksum. */
    private static final class Protocol implements LineProtocol<String> {
        private static final Duration WAIT = Duration.ofSeconds(2);
        private static final int TRIES = 2;

        private final RequestLine line;
        private final Type type;
        private Unit unit;

        Protocol(RequestLine line, Type type) {
            this.line = line;
            this.type = type;
            this.unit = new Unit(type, type.name(), 0, 0);
        }

        void unit(Unit known) {
            unit = known;
        }

        @Override
        public String ask(String question) throws IOException {
            return RequestLine.repeat(TRIES, () -> {
                line.send("\1");
                String answer = line.block(type.bytes(), WAIT);
                for (int i = 0; i < type.checks().size(); i += 2) {
                    int place = type.checks().get(i);
                    if (place >= answer.length()
                            || answer.charAt(place) != type.checks().get(i + 1))
                        throw new UnfitAnswerException("what it sends is no answer of a unit of type " + type.name());
                }
                return answer;
            });
        }

        @Override
        public Optional<String> part(String answer, AnswerPart part) {
            var reading = new Reading(unit, answer);
            if (part.part().equals("status")) return Optional.of(words(reading));
            return Measure.ALL.stream()
                    .filter(measure -> measure.variable().equals(part.part()))
                    .map(measure -> measure.of(reading))
                    .findFirst();
        }

        private String words(Reading reading) {
            int first = reading.at(9);
            int second = reading.at(10);
            String words = reading.onBattery() ? "OB" : (first & 128) != 0 ? "OFF" : "OL";
            if ((first & 2) != 0) words += " LB";
            if ((first & 8) != 0) words += reading.inputVoltage() < unit.lineVoltage() ? " BOOST" : " TRIM";
            if ((first & 32) != 0) words += " OVER";
            if ((second & 2) != 0) words += " RB";
            if ((second & 4) != 0) words += " TEST";
            return words;
        }

        /** The order is bytes in hexadecimal. */
        @Override
        public Outcome give(String order, String argument) throws IOException {
            var bytes = new StringBuilder();
            for (int i = 0; i < order.length(); i += 2)
                bytes.append((char) Integer.parseInt(order.substring(i, i + 2), 16));
            line.append(bytes.toString());
            return Outcome.handled();
        }

        @Override
        public void close() {
            line.close();
        }
    }
}
