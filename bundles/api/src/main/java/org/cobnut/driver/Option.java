package org.cobnut.driver;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One key that a section of ups.conf may hold for a driver. Immutable. */
public final class Option {
    private final String name;
    private final Kind kind;
    private final Optional<String> fallback;
    private final List<String> choices;
    private final String description;

    /** What may stand behind the key. */
    public enum Kind {
        /** Nothing: the key alone switches it on. */
        FLAG,
        /** Any text. */
        TEXT,
        /** A whole number. */
        NUMBER,
        /** Text that is never shown or logged; its key is one that {@link Secrets} knows. */
        SECRET
    }

    private Option(String name, Kind kind, Optional<String> fallback, List<String> choices, String description) {
        if (kind == Kind.SECRET && !Secrets.holds(name))
            throw new IllegalArgumentException(name + " does not tell that it is a secret");
        this.name = name;
        this.kind = kind;
        this.fallback = fallback;
        this.choices = List.copyOf(choices);
        this.description = description;
    }

    public static Option flag(String name, String description) {
        return new Option(name, Kind.FLAG, Optional.empty(), List.of(), description);
    }

    public static Option text(String name, String description) {
        return new Option(name, Kind.TEXT, Optional.empty(), List.of(), description);
    }

    public static Option secret(String name, String description) {
        return new Option(name, Kind.SECRET, Optional.empty(), List.of(), description);
    }

    /** A whole number that must be given. */
    public static Option number(String name, String description) {
        return new Option(name, Kind.NUMBER, Optional.empty(), List.of(), description);
    }

    public static Option number(String name, long fallback, String description) {
        return number(name, description).fallback(Long.toString(fallback));
    }

    public static Option choice(String name, String description, String... choices) {
        return new Option(name, Kind.TEXT, Optional.empty(), List.of(choices), description);
    }

    /** The same, with what counts when the section does not say. */
    public Option fallback(String value) {
        return new Option(name, kind, Optional.of(value), choices, description);
    }

    /** The same, with the only values it takes, in any case. */
    public Option choices(List<String> only) {
        return new Option(name, kind, fallback, only, description);
    }

    /** The key as in ups.conf. */
    public String name() {
        return name;
    }

    public Kind kind() {
        return kind;
    }

    /** What counts when the section does not say; empty for nothing. */
    public Optional<String> fallback() {
        return fallback;
    }

    /** The only values it takes, in any case; empty for any of its kind. */
    public List<String> choices() {
        return choices;
    }

    /** One sentence for help texts and forms. */
    public String description() {
        return description;
    }

    /** The choice that a value means, whatever its case; none when it is no choice. */
    Optional<String> choice(String value) {
        return choices.stream().filter(value::equalsIgnoreCase).findFirst();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Option that
                && name.equals(that.name)
                && kind == that.kind
                && fallback.equals(that.fallback)
                && choices.equals(that.choices)
                && description.equals(that.description);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, kind, fallback, choices, description);
    }

    @Override
    public String toString() {
        return name + " (" + kind + ")";
    }
}
