package org.cobnut.driver;

import java.util.Map;
import java.util.Optional;

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

    /** The text behind a key, else its fallback, else nothing. */
    public Optional<String> text(String key) {
        return Optional.ofNullable(values.get(key)).or(() -> option(key).fallback());
    }

    /** The number behind a key, else its fallback. */
    public long number(String key) {
        return text(key).map(Long::parseLong).orElseThrow(() -> new IllegalArgumentException(key + " is not given"));
    }

    /** Whether the flag is given. */
    public boolean flag(String key) {
        return values.containsKey(option(key).name());
    }

    private Option option(String key) {
        return options.find(key).orElseThrow(() -> new IllegalArgumentException("no option " + key));
    }
}
