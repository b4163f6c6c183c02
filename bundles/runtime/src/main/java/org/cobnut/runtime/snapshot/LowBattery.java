package org.cobnut.runtime.snapshot;

import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cobnut.model.Variable;
import org.jspecify.annotations.Nullable;

/** Decides LB from numbers for sections with ignorelb: whole parts are compared, charge or runtime suffices. */
final class LowBattery {
    private static final Pattern WHOLE = Pattern.compile("[+-]?\\d{1,18}");

    private LowBattery() {}

    static boolean holds(Map<String, Variable> variables) {
        return below(variables, "battery.charge") || below(variables, "battery.runtime");
    }

    /** Whether there is anything to decide it from. */
    static boolean known(Map<String, Variable> variables) {
        return known(variables, "battery.charge") || known(variables, "battery.runtime");
    }

    private static boolean below(Map<String, Variable> variables, String name) {
        return known(variables, name)
                && number(variables.get(name)).getAsLong()
                        < number(variables.get(name + ".low")).getAsLong();
    }

    private static boolean known(Map<String, Variable> variables, String name) {
        return number(variables.get(name)).isPresent()
                && number(variables.get(name + ".low")).isPresent();
    }

    private static OptionalLong number(@Nullable Variable variable) {
        if (variable == null) return OptionalLong.empty();
        Matcher matcher = WHOLE.matcher(variable.value().trim());
        return matcher.lookingAt() ? OptionalLong.of(Long.parseLong(matcher.group())) : OptionalLong.empty();
    }
}
