package org.cobnut.table;

import java.util.Locale;
import java.util.Optional;

/**
 * Tells which row of a table a variable, a setting or the like comes from.
 *
 * @param name of the variable or command; of a status the word, of an alarm the sentence
 * @param origin the file and line of the row; empty for a row of a program
 */
public record RowOrigin(Use use, String name, Optional<String> origin) {
    /** What the row is there for. */
    public enum Use {
        VARIABLE,
        SETTING,
        COMMAND,
        STATUS,
        ALARM;

        /** As it is shown to people. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
