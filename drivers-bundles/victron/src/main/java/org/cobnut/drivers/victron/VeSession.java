package org.cobnut.drivers.victron;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.cobnut.driver.Due;
import org.cobnut.driver.Report;
import org.cobnut.driver.Session;
import org.cobnut.model.Outcome;
import org.cobnut.table.Numbers;

/** Shows every label that came so far by its own name, and what is known of some by NUT's. */
final class VeSession implements Session {
    private static final String PREFIX = "experimental.ve-direct.";
    private static final int MOST_LABELS = 100;

    /** The register of the buzzer of an inverter, its lower byte first, and no flags. */
    private static final String BUZZER = "FCEE00";

    private static final List<String> COMMANDS =
            List.of("beeper.disable", "beeper.enable", PREFIX + "get", PREFIX + "ping", PREFIX + "set");

    /** A label that counts something of which NUT has a name. */
    private record Measure(String label, String name, double factor, int decimals) {}

    private static final List<Measure> MEASURES = List.of(
            new Measure("V", "battery.voltage", 0.001, 3),
            new Measure("I", "battery.current", 0.001, 3),
            new Measure("T", "battery.temperature", 1, 0),
            new Measure("SOC", "battery.charge", 0.1, 1),
            new Measure("TTG", "battery.runtime", 60, 0),
            new Measure("AC_OUT_V", "output.voltage", 0.01, 2),
            new Measure("AC_OUT_I", "output.current", 0.1, 1),
            new Measure("AC_OUT_S", "ups.power", 1, 0));

    private final VeBlocks blocks;
    private final Optional<String> model;
    private final Map<String, String> values = new TreeMap<>();

    VeSession(VeBlocks blocks, Optional<String> model) {
        this.blocks = blocks;
        this.model = model;
    }

    /** A unit may divide what it tells among several blocks, so that labels stay when they are not in this one. */
    @Override
    public void poll(Report report, Due due) throws IOException {
        Map<String, String> block = blocks.next();
        if (values.size() + block.size() > MOST_LABELS) values.clear();
        values.putAll(block);
        // SER# is the only label with a sign that no variable's name may have
        values.forEach((label, value) -> report.set(PREFIX + label.replace("#", ""), value));
        for (Measure measure : MEASURES) publish(report, measure);
        report.set("ups.mfr", "Victron Energy");
        model.ifPresent(name -> report.set("ups.model", name));
        Optional.ofNullable(values.get("FW")).ifPresent(text -> report.set("ups.firmware", text));
        Optional.ofNullable(values.get("SER#")).ifPresent(text -> report.set("ups.serial", text));
        report.status("OL");
        COMMANDS.forEach(report::command);
    }

    private void publish(Report report, Measure measure) {
        Optional<Double> number =
                Optional.ofNullable(values.get(measure.label())).flatMap(Numbers::parse);
        boolean endless = measure.label().equals("TTG") && number.orElse(0.) < 0;
        if (number.isEmpty() || endless) report.remove(measure.name());
        else report.set(measure.name(), Numbers.format(number.get() * measure.factor(), measure.decimals()));
    }

    @Override
    public Outcome run(String command, String argument) throws IOException {
        switch (command.toLowerCase(Locale.ROOT)) {
            case "beeper.disable" -> blocks.command('8', BUZZER + "00");
            case "beeper.enable" -> blocks.command('8', BUZZER + "01");
            case PREFIX + "ping" -> blocks.command('1', "");
            case PREFIX + "get" -> {
                if (!argument.matches("[0-9A-Fa-f]{4}")) return wrong(argument, "the four digits of a register");
                blocks.command('7', argument.toUpperCase(Locale.ROOT) + "00");
            }
            case PREFIX + "set" -> {
                if (!argument.matches("([0-9A-Fa-f]{2}){4,20}"))
                    return wrong(argument, "a register, two digits of flags and a value");
                blocks.command('8', argument.toUpperCase(Locale.ROOT));
            }
            default -> {
                return Outcome.unknown();
            }
        }
        return Outcome.handled();
    }

    private static Outcome wrong(String argument, String wanted) {
        return Outcome.invalid("'" + argument + "' is not " + wanted + ", hexadecimal, the lower byte first");
    }

    @Override
    public void close() {
        blocks.close();
    }
}
