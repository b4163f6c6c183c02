package org.cobnut.drivers.apcupsd;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cobnut.driver.Report;

/** What the keys of apcupsd mean. Pure. */
final class Items {
    /** Every variable with the key that it comes from. */
    static final List<Item> ALL = List.of(
            text("MODEL", "ups.model", 32).kept(),
            text("SERIALNO", "ups.serial", 32),
            number("LOADPCT", "ups.load", 1),
            new Item("DATE", "ups.date", value -> word(value, 0), false),
            new Item("DATE", "ups.time", value -> word(value, 1), false),
            text("MANDATE", "ups.mfr.date", 16),
            new Item("FIRMWARE", "ups.firmware", value -> part(value, 0), false),
            new Item("FIRMWARE", "ups.firmware.aux", value -> part(value, 1), false),
            number("ITEMP", "ups.temperature", 1),
            text("UPSNAME", "ups.id", 16),
            number("DWAKE", "ups.delay.start", 0),
            number("DSHUTD", "ups.delay.shutdown", 0),
            number("STESTI", "ups.test.interval", 0),
            text("SELFTEST", "ups.test.result", 16),
            number("LINEV", "input.voltage", 1),
            number("MAXLINEV", "input.voltage.maximum", 1),
            number("MINLINEV", "input.voltage.minimum", 1),
            number("NOMINV", "input.voltage.nominal", 0),
            number("NOMOUTV", "output.voltage.nominal", 0),
            text("LASTXFER", "input.transfer.reason", 32),
            number("LOTRANS", "input.transfer.low", 1),
            number("HITRANS", "input.transfer.high", 1),
            text("SENSE", "input.sensitivity", 1),
            number("LINEFREQ", "input.frequency", 1),
            number("LINEFREQ", "output.frequency", 1),
            number("OUTPUTV", "output.voltage", 1),
            number("BCHARGE", "battery.charge", 1).kept(),
            number("MBATTCHG", "battery.charge.low", 0),
            number("RETPCT", "battery.charge.restart", 1),
            new Item("BATTDATE", "battery.date", value -> word(value, 0), false),
            number("BATTV", "battery.voltage", 1),
            number("NOMBATTV", "battery.voltage.nominal", 1),
            minutes("TIMELEFT", "battery.runtime", 1).kept(),
            minutes("MINTIMEL", "battery.runtime.low", 0),
            number("NOMPOWER", "ups.realpower.nominal", 1).kept(),
            number("LOAD_W", "ups.realpower", 1),
            number("LOADAPNT", "power.percent", 1),
            number("OUTCURNT", "output.current", 2),
            number("LOAD_VA", "ups.power", 1),
            number("NOMAPNT", "ups.power.nominal", 0).kept());

    /** The words of STATUS that have one of NUT. */
    private static final Map<String, String> WORDS = Map.of(
            "CAL", "CAL",
            "TRIM", "TRIM",
            "BOOST", "BOOST",
            "ONLINE", "OL",
            "ONBATT", "OB",
            "OVERLOAD", "OVER",
            "LOWBATT", "LB",
            "REPLACEBATT", "RB",
            "NOBATT", "BYPASS",
            "SELFTEST", "OB");

    /** What apcupsd measures; all of it is 0 until it has read its UPS. */
    private static final Set<String> MEASURED =
            Set.of("LINEV", "LOADPCT", "BCHARGE", "TIMELEFT", "BATTV", "OUTPUTV", "ITEMP", "LINEFREQ");

    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\d+(\\.\\d*)?|\\.\\d+)");

    /**
     * A variable.
     *
     * @param key of apcupsd
     * @param value what its text says; empty for nothing
     * @param stays whether the variable stays when an answer leaves the key out
     */
    record Item(String key, String variable, Function<String, Optional<String>> value, boolean stays) {
        Item kept() {
            return new Item(key, variable, value, true);
        }
    }

    private Items() {}

    /** Tells a report what an answer says. */
    static void publish(Map<String, String> answer, Report report) {
        boolean unread = unread(answer);
        report.set("ups.mfr", "APC");
        for (Item item : ALL) {
            boolean believed = !unread || !MEASURED.contains(item.key());
            Optional<String> value = Optional.ofNullable(answer.get(item.key()))
                    .filter(text -> believed)
                    .flatMap(item.value());
            if (value.isPresent()) report.set(item.variable(), value.get());
            else if (!item.stays()) report.remove(item.variable());
        }
        String status = answer.getOrDefault("STATUS", "");
        boolean told = status(status, report);
        if (status.contains("COMMLOST")) report.stale("apcupsd has lost its UPS");
        else if (status.contains("ERROR")) report.stale("apcupsd says " + status);
        else if (!told || unread) report.stale("apcupsd has not read its UPS yet");
    }

    private static boolean status(String status, Report report) {
        boolean told = false;
        if (status.contains("SHUTTING DOWN")) report.status("LB");
        for (String word : status.split(" +")) {
            String meant = WORDS.get(word);
            if (meant == null) continue;
            report.status(meant);
            told = true;
        }
        return told;
    }

    /** Whether all that is measured is 0: a UPS that is on has at least a battery. */
    private static boolean unread(Map<String, String> answer) {
        List<Double> measured = MEASURED.stream()
                .flatMap(key -> leading(answer.getOrDefault(key, "")).stream())
                .toList();
        return measured.size() > 1 && measured.stream().allMatch(number -> number == 0);
    }

    private static Item text(String key, String variable, int longest) {
        return new Item(
                key,
                variable,
                value -> Optional.of(value)
                        .filter(text -> !text.isEmpty())
                        .map(text -> text.substring(0, Math.min(longest, text.length()))),
                false);
    }

    private static Item number(String key, String variable, int decimals) {
        return new Item(key, variable, value -> leading(value).map(number -> format(number, decimals)), false);
    }

    /** Minutes as seconds. */
    private static Item minutes(String key, String variable, int decimals) {
        return new Item(key, variable, value -> leading(value).map(number -> format(number * 60, decimals)), false);
    }

    /** The number that a value begins with; its unit stands behind. */
    private static Optional<Double> leading(String value) {
        Matcher matcher = NUMBER.matcher(value);
        return matcher.lookingAt() ? Optional.of(Double.valueOf(matcher.group())) : Optional.empty();
    }

    private static String format(double number, int decimals) {
        return new BigDecimal(number).setScale(decimals, RoundingMode.HALF_EVEN).toPlainString();
    }

    private static Optional<String> word(String value, int at) {
        String[] words = value.split(" +");
        return at < words.length && !words[at].isEmpty() ? Optional.of(words[at]) : Optional.empty();
    }

    /** Before or behind the slash. */
    private static Optional<String> part(String value, int at) {
        String[] parts = value.split("/", 2);
        return at < parts.length && !parts[at].isBlank() ? Optional.of(parts[at].strip()) : Optional.empty();
    }
}
