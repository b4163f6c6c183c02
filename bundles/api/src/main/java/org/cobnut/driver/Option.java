package org.cobnut.driver;

import java.util.List;
import java.util.Optional;

/**
 * One key that a section of ups.conf may hold for a driver.
 *
 * @param name as in ups.conf
 * @param fallback what counts when the section does not say; empty for nothing
 * @param choices the only values it takes, in any case; empty for any of its kind
 * @param description one sentence for help texts and forms
 */
public record Option(String name, Kind kind, Optional<String> fallback, List<String> choices, String description) {
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

    public Option {
        if (kind == Kind.SECRET && !Secrets.holds(name))
            throw new IllegalArgumentException(name + " does not tell that it is a secret");
        choices = List.copyOf(choices);
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

    public static Option number(String name, long fallback, String description) {
        return new Option(name, Kind.NUMBER, Optional.of(Long.toString(fallback)), List.of(), description);
    }

    public static Option choice(String name, String description, String... choices) {
        return new Option(name, Kind.TEXT, Optional.empty(), List.of(choices), description);
    }

    /** The choice that a value means, whatever its case; none when it is no choice. */
    Optional<String> choice(String value) {
        return choices.stream().filter(value::equalsIgnoreCase).findFirst();
    }
}
