package org.cobnut.driver;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a section of ups.conf says to its driver. Immutable. */
public final class Settings {
    private static final String HIDDEN = "(hidden)";

    private final String ups;
    private final String port;
    private final Options options;
    private final Map<String, String> values;

    private Settings(String ups, String port, Options options, Map<String, String> values) {
        this.ups = ups;
        this.port = port;
        this.options = options;
        this.values = Map.copyOf(values);
    }

    /**
     * Settings of a section.
     *
     * @param options what the driver declares
     * @param values the driver's own keys; a flag's value is empty
     */
    public static Settings of(String ups, String port, Options options, Map<String, String> values) {
        return new Settings(ups, port, options, values);
    }

    /** The section's name. */
    public String ups() {
        return ups;
    }

    /** The section's {@code port}: a path, a host, "auto". */
    public String port() {
        return port;
    }

    /** What the driver declares. */
    public Options options() {
        return options;
    }

    /** The driver's own keys as they were given, secrets included; a flag's value is empty. */
    public Map<String, String> values() {
        return values;
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

    /** Whether the value behind a key is never shown or logged: its option or its name says so. */
    public boolean secret(String key) {
        return Secrets.holds(key)
                || options.find(key)
                        .filter(option -> option.kind() == Option.Kind.SECRET)
                        .isPresent();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Settings that
                && ups.equals(that.ups)
                && port.equals(that.port)
                && options.equals(that.options)
                && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return Objects.hash(ups, port, options, values);
    }

    /** Shows no secret: neither one of the options nor a password in the port ({@code user:password@host}). */
    @Override
    public String toString() {
        var shown = new TreeMap<>(values);
        shown.replaceAll((key, value) -> secret(key) ? HIDDEN : value);
        return "Settings[ups=" + ups + ", port=" + masked(port) + ", values=" + shown + "]";
    }

    /** A port without the password that may stand in it ({@code user:password@host}). */
    public static String masked(String port) {
        return port.replaceAll(":[^:/@]*@", ":" + HIDDEN + "@");
    }

    private Option option(String key) {
        return options.find(key).orElseThrow(() -> new IllegalArgumentException("no option " + key));
    }
}
