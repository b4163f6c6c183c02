package org.cobnut.drivers.upscode2;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.cobnut.drivers.upscode2.Upscode2Protocol.Pair;
import org.cobnut.model.VarType;
import org.cobnut.table.Cadence;
import org.cobnut.table.Format;
import org.cobnut.table.Known;
import org.cobnut.table.Numbers;
import org.cobnut.table.Row;
import org.cobnut.table.Table;
import org.cobnut.table.line.AnswerPart;

/** The rows of one unit, by what it answers at first. */
final class UnitTable {
    private static final int UNKNOWN_MINUTES = 9999;

    /** Amperes of a charger that does not tell. */
    private static final double USUAL_CURRENT = 10;

    /** Names without a dot are those of the table alone. */
    private static final String DISCHARGE = "dischargeCurrent";

    private static final String LONGEST = "longestRuntime";

    /** A unit of Fiskars tells the power of all phases, and no voltage of its battery. */
    private static final String FISKARS = "UPS9(075|100|150|200|250|300|400|500|600).*";

    private static final Map<String, String> COMMANDS = Map.of(
            "UPPF", "shutdown.return",
            "UPPD", "shutdown.stayoff",
            "UPPU", "shutdown.stop",
            "UPPC", "shutdown.reboot",
            "UPIS", "test.panel.start",
            "UPBT", "test.battery.start");

    private static final Map<String, String> PARAMETERS =
            Map.of("UPPF", "IJHLDMGCIU", "UPPD", "LGGNLMDPGV", "UPPC", "IJHLDMGCIU", "UPBT", "1");

    private final Set<String> commands;
    private final Set<String> told;
    private final boolean inputThree;
    private final boolean outputThree;
    private final List<Row<AnswerPart>> rows = new ArrayList<>();

    UnitTable(Set<String> commands, List<Pair> state, List<Pair> nominal, List<Pair> batteries, String maker) {
        this.commands = commands;
        told = Stream.of(state, nominal, batteries)
                .flatMap(List::stream)
                .map(Pair::mnemonic)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        inputThree = told.contains("MIU31") || told.contains("MIUL3");
        outputThree = told.contains("MOU31") || told.contains("MOUL3");
        identity();
        nominal();
        state(maker);
        told.stream()
                .filter(mnemonic -> mnemonic.matches("MBTE\\d|BDAT\\d"))
                .forEach(mnemonic -> value(Upscode2Protocol.BATTERIES, mnemonic, Cadence.FULL));
        settings();
    }

    Table<AnswerPart> table() {
        return Table.of("upscode2", rows);
    }

    private void identity() {
        rows.add(field("UPTP NNAME", "NNAME", "ups.model", Format.text()).every(Cadence.ONCE));
        rows.add(field("UPSN 0 ACSN", "ACSN", "ups.serial", Format.text()).every(Cadence.ONCE));
        if (commands.contains("UPID"))
            rows.add(field("UPID ACID", "ACID", "ups.id", Format.text()).every(Cadence.ONCE));
        if (commands.contains("UPDT")) rows.add(field("UPDT 0 ACDT", "ACDT", "ups.date", Format.text()));
        if (commands.contains("UPTM")) rows.add(field("UPTM 0 ACTM", "ACTM", "ups.time", Format.text()));
    }

    private void constant(String name, String value) {
        rows.add(field(Upscode2Protocol.STATE, Upscode2Protocol.STATUS, name, (raw, known) -> Optional.of(value))
                .every(Cadence.ONCE));
    }

    private void nominal() {
        told.stream()
                .filter(mnemonic -> mnemonic.startsWith("N") && !mnemonic.equals("NNAME"))
                .forEach(mnemonic -> value(Upscode2Protocol.NOMINAL, mnemonic, Cadence.FULL));
        rows.add(field(Upscode2Protocol.NOMINAL, "NBILL", DISCHARGE, Format.fixed(2)));
        rows.add(field(Upscode2Protocol.NOMINAL, "NBTHH", LONGEST, Format.times(60, 0)));
    }

    /** Behind the nominal values, which some of these are worked out of. */
    private void state(String maker) {
        constant("ups.mfr", maker);
        constant("input.phases", inputThree ? "3" : "1");
        constant("output.phases", outputThree ? "3" : "1");
        rows.add(Row.flag(
                new AnswerPart(Upscode2Protocol.STATE, Upscode2Protocol.STATUS), words -> List.of(words.split(" "))));
        rows.add(Row.alarm(
                new AnswerPart(Upscode2Protocol.STATE, Upscode2Protocol.ALARMS),
                all -> all.isEmpty() ? List.of() : Arrays.asList(all.split(","))));
        told.stream()
                .filter(mnemonic -> mnemonic.startsWith("M") && !mnemonic.startsWith("MBTE"))
                .forEach(mnemonic -> value(Upscode2Protocol.STATE, mnemonic, Cadence.QUICK));
        derived("ups.load", UnitTable::load);
        if (outputThree)
            for (int phase = 1; phase <= 3; phase++) {
                String name = "output.L" + phase;
                derived(name + ".power.percent", known -> percent(known, name + ".power", "ups.power.nominal"));
                derived(
                        name + ".realpower.percent",
                        known -> percent(known, name + ".realpower", "output.realpower.nominal"));
            }
        derived("battery.charge", UnitTable::charge);
        rows.add(field(Upscode2Protocol.STATE, "MBCH1", "battery.charge", Format.fixed(1))
                .every(Cadence.QUICK));
        derived("battery.runtime", UnitTable::runtime);
        rows.add(field(Upscode2Protocol.STATE, "BTIME", "battery.runtime", (raw, known) -> Numbers.parse(raw)
                        .filter(minutes -> minutes >= 0 && minutes < UNKNOWN_MINUTES)
                        .map(minutes -> Numbers.format(minutes * 60, 0)))
                .every(Cadence.QUICK));
    }

    /** A value that is worked out of others. */
    private void derived(String name, Function<Known, Optional<String>> value) {
        rows.add(field(Upscode2Protocol.STATE, Upscode2Protocol.STATUS, name, (raw, known) -> value.apply(known))
                .every(Cadence.QUICK));
    }

    private void value(String question, String mnemonic, Cadence cadence) {
        Codes.value(mnemonic).ifPresent(meaning -> {
            String[] parts = meaning.split(" ");
            Format format = mnemonic.startsWith("BDAT")
                    ? Format.text()
                    : (raw, known) -> Optional.of(Numbers.parse(raw)
                            .map(number -> Numbers.format(number * factor(parts, mnemonic, known), 2))
                            .orElse(raw));
            rows.add(field(question, mnemonic, name(parts[0]), format).every(cadence));
        });
    }

    private double factor(String[] parts, String mnemonic, Known known) {
        if (parts.length == 1) return 1;
        boolean all = mnemonic.startsWith("N") && outputThree && !fiskars(known);
        return all ? 3000 : 1000;
    }

    private static boolean fiskars(Known known) {
        return known.value("ups.model").filter(model -> model.matches(FISKARS)).isPresent();
    }

    /** With three phases, what is told without a phase is that of the first. */
    private String name(String name) {
        String side = name.substring(0, name.indexOf('.'));
        boolean three = side.equals("input") ? inputThree : side.equals("output") && outputThree;
        String rest = name.substring(side.length() + 1);
        if (!three) return name;
        if (rest.equals("voltage")) return side + ".L1-N.voltage";
        return List.of("current", "current.peak", "realpower", "power").contains(rest) ? side + ".L1." + rest : name;
    }

    private static OptionalDouble share(Known known, String name, double full) {
        return known.number(name)
                .filter(value -> full > 0)
                .map(value -> OptionalDouble.of(value / full))
                .orElse(OptionalDouble.empty());
    }

    private static Optional<String> percent(Known known, String name, String nominal) {
        double full = known.number(nominal).orElse(0.) / 3;
        OptionalDouble share = share(known, name, full);
        return share.isPresent() ? Optional.of(Numbers.format(share.getAsDouble() * 100, 1)) : Optional.empty();
    }

    /** The share of the phase that bears most, by its current or its power; 1 for all. */
    private static OptionalDouble loadShare(Known known) {
        double amperes = known.number("output.current.nominal")
                .filter(value -> value > 0)
                .or(() -> known.number("output.current.maximum"))
                .orElse(0.);
        double power = known.number("ups.power.nominal").orElse(0.) / 3;
        double real = known.number("output.realpower.nominal").orElse(0.);
        OptionalDouble most = IntStream.rangeClosed(1, 3)
                .mapToObj(phase -> "output.L" + phase)
                .flatMap(name -> Stream.of(
                        share(known, name + ".current", amperes),
                        share(known, name + ".power", power),
                        share(known, name + ".realpower", real / 3)))
                .flatMapToDouble(OptionalDouble::stream)
                .max();
        if (most.isPresent()) return most;
        OptionalDouble single = share(known, "output.current", amperes);
        return single.isPresent() ? single : share(known, "output.realpower", real);
    }

    private static Optional<String> load(Known known) {
        OptionalDouble share = loadShare(known);
        return share.isPresent() ? Optional.of(Numbers.format(share.getAsDouble() * 100, 1)) : Optional.empty();
    }

    /** A charging battery is the fuller the less it takes; one that gives is told by its voltage. */
    private static Optional<String> charge(Known known) {
        Optional<Double> current = known.number("battery.current");
        if (current.filter(amperes -> amperes >= 0).isPresent()) {
            double most = known.number("battery.capacity.nominal")
                    .filter(capacity -> capacity > 0)
                    .map(capacity -> capacity * 0.3)
                    .orElse(USUAL_CURRENT);
            return current.map(amperes -> bounded(100 * (most - amperes) / most));
        }
        double low = known.number("battery.voltage.minimum").orElse(0.);
        double high = known.number("battery.voltage.maximum").orElse(0.);
        if (low <= 0 || high <= low) return Optional.empty();
        return known.number("battery.voltage")
                .filter(volts -> volts > low)
                .map(volts -> bounded(100 * (volts - low) / (high - low)));
    }

    private static String bounded(double percent) {
        return Numbers.format(Math.max(0, Math.min(100, percent)), 1);
    }

    /** By Peukert's law, from the capacity and what is drawn; no longer than the unit can last at all. */
    private static Optional<String> runtime(Known known) {
        Optional<Double> longest = known.number(LONGEST).filter(seconds -> seconds > 0);
        double drawn =
                loadShare(known).orElse(0) * Math.abs(known.number(DISCHARGE).orElse(0.));
        Optional<Double> estimate = known.number("battery.capacity.nominal")
                .filter(capacity -> drawn > 0)
                .map(capacity -> capacity * 3600 / Math.pow(drawn, 1.35));
        return estimate.map(seconds -> Math.min(seconds, longest.orElse(seconds)))
                .or(() -> longest)
                .map(seconds -> Numbers.format(seconds, 0));
    }

    private void settings() {
        setting("UPSD", "ACSD", "ups.delay.shutdown");
        setting("UPCD", "ACCD", "ups.delay.reboot");
        commands.forEach(command -> {
            String name = COMMANDS.get(command);
            if (name == null) return;
            String parameter = PARAMETERS.getOrDefault(command, "");
            rows.add(Row.command(name, AnswerPart.order((command + " " + parameter).strip()), (argument, known) -> ""));
        });
    }

    private void setting(String command, String mnemonic, String name) {
        if (!commands.contains(command)) return;
        rows.add(field(command + " 0000 " + mnemonic, mnemonic, name, Format.text())
                .every(Cadence.CHANGE));
        rows.add(Row.setting(
                name,
                AnswerPart.order(command),
                known -> Optional.of(VarType.text(7)),
                (text, known) -> Long.toString(Numbers.whole(text))));
    }

    private static Row.Field<AnswerPart> field(String question, String part, String name, Format format) {
        return Row.field(new AnswerPart(question, part), name, format);
    }
}
