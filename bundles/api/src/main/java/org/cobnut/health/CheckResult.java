package org.cobnut.health;

/**
 * What a check found about one thing.
 *
 * @param subject the thing, such as {@code device rack}
 * @param reason why the grade is not OK, or more about what is; empty for nothing to add
 */
public record CheckResult(String tag, String subject, Grade grade, String reason) {
    /** How well the thing is. */
    public enum Grade {
        /** Nothing to do. */
        OK,
        /** Works, but something must be done before it no longer does. */
        WARN,
        /** Does not work. */
        CRITICAL
    }
}
