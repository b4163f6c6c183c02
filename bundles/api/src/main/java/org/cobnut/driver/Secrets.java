package org.cobnut.driver;

import java.util.regex.Pattern;

/**
 * Which lines of a section hold a secret, told by their keys alone: they must be hidden even while the driver that could
 * say so is not installed.
 */
public final class Secrets {
    private static final Pattern TELLING =
            Pattern.compile("(?i).*(password|passwd|passphrase|secret|community|token).*");

    private Secrets() {}

    /** Whether what stands behind this key is never shown or logged. */
    public static boolean holds(String key) {
        return TELLING.matcher(key).matches();
    }
}
