package org.cobnut.driver;

import java.util.regex.Pattern;

/**
 * Which lines of a section hold a secret, told by their keys alone: they must be hidden even while the driver that could
 * say so is not installed.
 */
public final class Secrets {
    private static final Pattern TELLING =
            Pattern.compile("(?i).*(password|passwd|passphrase|secret|community|token).*");

    private static final Pattern VARIABLE =
            Pattern.compile("(?i)driver\\.parameter\\..*(pass|community|secret|token|login|key).*");

    private Secrets() {}

    /** Whether what stands behind this key is never shown or logged. */
    public static boolean holds(String key) {
        return TELLING.matcher(key).matches();
    }

    /** Whether the variable of this name holds what a driver logs in with, so that its value is shown to nobody. */
    public static boolean inVariable(String name) {
        return VARIABLE.matcher(name).matches();
    }
}
