package org.cobnut.web.variable;

import java.util.regex.Pattern;

/** Tells which variables hold what a driver logs in with. */
public final class SecretVariables {
    private static final Pattern PRIVATE =
            Pattern.compile("(?i)driver\\.parameter\\..*(pass|community|secret|token|login|key).*");

    private SecretVariables() {}

    /** Whether the value of the variable of this name is shown to nobody. */
    public static boolean holds(String name) {
        return PRIVATE.matcher(name).matches();
    }
}
