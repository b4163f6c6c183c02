package org.cobnut.driver;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a section of ups.conf says to its driver.
 *
 * @param ups the section's name
 * @param port the section's {@code port}: a path, a host, "auto"
 * @param values the driver's own keys; a flag's value is empty
 */
public record Settings(String ups, String port, Options options, Map<String, String> values) {
    public Settings {
        values = Map.copyOf(values);
    }

    /** The text behind a key, a choice as its option spells it; else its fallback, else nothing. */
    public Optional<String> text(String key) {
        Option option = option(key);
        return Optional.ofNullable(values.get(key))
                .map(value -> option.choice(value).orElse(value))
                .or(option::fallback);
    }

    /** The number that the text behind a key begins with, else its fallback ({@link Options#warnings} tells of it). */
    public long number(String key) {
        return text(key)
                .flatMap(Options::leading)
                .or(() -> option(key).fallback())
                .map(Long::parseLong)
                .orElseThrow(() -> new IllegalArgumentException("option '" + key + "' is not given"));
    }

    /** Whether the flag is given. */
    public boolean flag(String key) {
        return values.containsKey(option(key).name());
    }

    /** Shows no secret. */
    @Override
    public String toString() {
        var shown = new TreeMap<>(values);
        shown.replaceAll((key, value) -> hides(key) ? "(hidden)" : value);
        return "Settings[ups=" + ups + ", port=" + port + ", values=" + shown + "]";
    }

    private boolean hides(String key) {
        return Secrets.holds(key)
                || options.find(key)
                        .filter(option -> option.kind() == Option.Kind.SECRET)
                        .isPresent();
    }

    private Option option(String key) {
        return options.find(key).orElseThrow(() -> new IllegalArgumentException("no option " + key));
    }
}
