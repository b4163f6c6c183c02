package org.cobnut.driver;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys a driver takes, declared once: for checking, forms, help and documentation. */
public record Options(List<Option> all) {
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

    /** What is wrong with these keys and values, one sentence each; empty when they can be opened with. */
    public List<String> faults(Map<String, String> given) {
        var faults = new ArrayList<String>();
        given.forEach((name, value) -> find(name)
                .ifPresentOrElse(
                        option -> fault(option, value).ifPresent(faults::add),
                        () -> faults.add("unknown option '" + name + "'")));
        return faults;
    }

    private static Optional<String> fault(Option option, String value) {
        if (option.kind() == Option.Kind.NUMBER && !value.matches("[+-]?\\d{1,18}"))
            return Optional.of("option '" + option.name() + "' wants a whole number, not '" + value + "'");
        if (!option.choices().isEmpty() && !option.choices().contains(value))
            return Optional.of("option '" + option.name() + "' wants one of " + String.join(", ", option.choices())
                    + ", not '" + value + "'");
        return Optional.empty();
    }
}
