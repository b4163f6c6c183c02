package org.cobnut.drivers.megatec.vendor;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cobnut.table.Format;
import org.cobnut.table.Known;
import org.cobnut.table.Numbers;
import org.cobnut.table.Row.Argument;

/** Masterguard units, of which several may hang on one line, each with an address of two digits. */
final class MasterguardFunctions {
    private static final Pattern MINUTES = Pattern.compile("(\\d+)\\.(\\d{2})");
    private static final Pattern DAYS = Pattern.compile("(\\d+):(\\d{2}):(\\d{2}):(\\d{2})");

    /** How the models write themselves, and their volt-amperes. */
    private static final Map<String, Integer> MODELS = models();

    static final Map<String, Format> FORMATS = Map.ofEntries(
            Map.entry("mg-model", MasterguardFunctions::model),
            Map.entry("mg-power-nominal", MasterguardFunctions::nominal),
            Map.entry("mg-battery", MasterguardFunctions::battery),
            Map.entry("mg-power", (raw, known) -> load(raw, known).map(power -> Numbers.format(power, 0))),
            Map.entry("mg-current", (raw, known) -> load(raw, known).flatMap(power -> current(power, known))),
            Map.entry("mg-current-nominal", MasterguardFunctions::currentNominal),
            Map.entry("minutes", MasterguardFunctions::minutes),
            Map.entry("mg-uptime", MasterguardFunctions::uptime),
            Map.entry("mg-id", Format.text()),
            Map.entry("mg-packs", Format.fixed(0)),
            Map.entry("mg-volts", Format.fixed(0)));

    static final Map<String, Argument> ARGUMENTS = Map.of(
            "mg-id", (text, known) -> "SS" + Numbers.digits(2, Numbers.whole(text)) + "--," + address(known),
            "mg-packs", (text, known) -> "SS--" + Numbers.whole(text) + "-," + address(known),
            "mg-uptime", (text, known) -> "SRC" + days(Numbers.whole(text)) + "," + address(known),
            "mg-volts", (text, known) -> "PNV=" + Numbers.digits(3, Numbers.whole(text)));

    private MasterguardFunctions() {}

    private static Map<String, Integer> models() {
        var models = new LinkedHashMap<String, Integer>();
        models.put("A  700", 700);
        models.put("A 1000", 1000);
        models.put("A 2000", 2000);
        models.put("A 3000", 3000);
        models.put("E 60", 6000);
        models.put("E100", 10_000);
        models.put("E200", 20_000);
        return models;
    }

    /** {@code A  700  + 0 Bat Pack-19} as A700-19. */
    private static Optional<String> model(String raw, Known known) {
        return MODELS.keySet().stream()
                .filter(raw::startsWith)
                .findFirst()
                .map(name -> name.replace(" ", "") + (raw.contains("-19") ? "-19" : ""));
    }

    private static Optional<String> nominal(String raw, Known known) {
        return MODELS.entrySet().stream()
                .filter(model -> raw.startsWith(model.getKey()))
                .findFirst()
                .map(model -> Integer.toString(model.getValue()));
    }

    /** The voltage of one cell as that of all. */
    private static Optional<String> battery(String raw, Known known) {
        return Numbers.parse(raw).flatMap(cell -> known.number("cells").map(cells -> Numbers.format(cell * cells, 2)));
    }

    /** Volt-amperes at that percentage. */
    private static Optional<Double> load(String raw, Known known) {
        return Numbers.parse(raw)
                .flatMap(percent -> known.number("ups.power.nominal").map(power -> percent / 100 * power));
    }

    private static Optional<String> current(double power, Known known) {
        return known.number("output.voltage").filter(volts -> volts > 0).map(volts -> Numbers.format(power / volts, 2));
    }

    private static Optional<String> currentNominal(String raw, Known known) {
        return known.number("ups.power.nominal").flatMap(power -> current(power, known));
    }

    /** Minutes and, behind the dot, seconds. */
    private static Optional<String> minutes(String raw, Known known) {
        Matcher time = MINUTES.matcher(raw.strip());
        return time.matches()
                ? Optional.of(Long.toString(Numbers.whole(time.group(1)) * 60 + Numbers.whole(time.group(2))))
                : Optional.empty();
    }

    private static Optional<String> uptime(String raw, Known known) {
        Matcher time = DAYS.matcher(raw.strip());
        if (!time.matches()) return Optional.empty();
        long hours = Numbers.whole(time.group(1)) * 24 + Numbers.whole(time.group(2));
        return Optional.of(
                Long.toString((hours * 60 + Numbers.whole(time.group(3))) * 60 + Numbers.whole(time.group(4))));
    }

    private static String days(long seconds) {
        return "%04d:%02d:%02d:%02d".formatted(seconds / 86_400, seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
    }

    private static String address(Known known) {
        return known.value("ups.id")
                .orElseThrow(() -> new IllegalArgumentException("the UPS has not told its address"));
    }
}
