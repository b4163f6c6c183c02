package org.cobnut.runtime.snapshot;

import java.util.Optional;
import org.cobnut.model.Outcome;
import org.cobnut.model.VarType;

/** Whether a value may be written into a variable, by what its type says. */
public final class ValueChecker {
    private ValueChecker() {}

    /** Why not; nothing when it may. */
    public static Optional<Outcome> refusal(VarType type, String value) {
        if (!type.writable()) return refuse("it is read-only");
        if (type.maxLength().orElse(0) > 0 && value.length() > type.maxLength().getAsInt())
            return refuse("it takes " + type.maxLength().getAsInt() + " characters");
        if (!type.choices().isEmpty() && !type.choices().contains(value)) return refuse("it is none of the choices");
        if (!type.ranges().isEmpty() && !inRange(type, value)) return refuse("it is out of range");
        return Optional.empty();
    }

    private static boolean inRange(VarType type, String value) {
        if (!value.matches("[+-]?\\d{1,18}(\\.\\d*)?")) return false;
        long whole = Long.parseLong(value.split("\\.", -1)[0]);
        return type.ranges().stream().anyMatch(range -> range.holds(whole));
    }

    private static Optional<Outcome> refuse(String why) {
        return Optional.of(Outcome.invalid(why));
    }
}
