package org.cobnut.driver;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The keys a driver takes, declared once: for checking, forms, help and documentation. */
public record Options(List<Option> all) {
    private static final Pattern LEADING = Pattern.compile("[+-]?\\d{1,18}");

    public Options {
        all = List.copyOf(all);
    }

    public static Options of(Option... options) {
        return new Options(List.of(options));
    }

    /** The option of that name, which is compared with regard to case as NUT's drivers do. */
    public Optional<Option> find(String name) {
        return all.stream().filter(option -> option.name().equals(name)).findFirst();
    }

    /**
     * What is wrong with these keys and values, one sentence each; empty when a device can be opened with them. What
     * {@link #warnings} tells is no fault: the good part of it counts.
     */
    public List<String> faults(Map<String, String> given) {
        var faults = new ArrayList<String>();
        given.forEach((name, value) -> find(name)
                .ifPresentOrElse(
                        option -> fault(option, value).ifPresent(faults::add),
                        () -> faults.add("unknown option '" + name + "'" + accepted(name))));
        return faults;
    }

    /** Which values count in part only, or not at all, and what counts instead; one sentence each. */
    public List<String> warnings(Map<String, String> given) {
        var warnings = new ArrayList<String>();
        given.forEach((name, value) ->
                find(name).flatMap(option -> warning(option, value)).ifPresent(warnings::add));
        return warnings;
    }

    private static Optional<String> fault(Option option, String value) {
        if (option.kind() == Option.Kind.NUMBER
                && option.fallback().isEmpty()
                && leading(value).isEmpty()) return Optional.of(wantsNumber(option, value));
        if (!option.choices().isEmpty() && option.choice(value).isEmpty())
            return Optional.of("option '" + option.name() + "' wants one of " + String.join(", ", option.choices())
                    + ", not '" + value + "'");
        return Optional.empty();
    }

    private static Optional<String> warning(Option option, String value) {
        if (option.kind() != Option.Kind.NUMBER) return Optional.empty();
        Optional<String> number = leading(value);
        if (number.isPresent())
            return number.filter(counts -> !counts.equals(value.strip()))
                    .map(counts -> wantsNumber(option, value) + "; " + counts + " counts");
        return option.fallback().map(counts -> wantsNumber(option, value) + "; the default " + counts + " counts");
    }

    private static String wantsNumber(Option option, String value) {
        return "option '" + option.name() + "' wants a whole number, not '" + value + "'";
    }

    /** The digits that a value begins with; what stands behind them is passed over, as C's atoi does. */
    static Optional<String> leading(String value) {
        Matcher matcher = LEADING.matcher(value.strip());
        return matcher.lookingAt() ? Optional.of(matcher.group()) : Optional.empty();
    }

    /** The options there are: the one that was meant, if one is nearly written so, else all. */
    private String accepted(String name) {
        List<String> names = all.stream().map(Option::name).toList();
        if (names.isEmpty()) return "; this driver takes none";
        return names.stream()
                .filter(known -> letters(known).equals(letters(name)))
                .findFirst()
                .map(meant -> "; '" + meant + "' is one")
                .orElse("; this driver takes " + String.join(", ", names));
    }

    private static String letters(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }
}
