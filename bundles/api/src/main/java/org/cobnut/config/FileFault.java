package org.cobnut.config;

/**
 * Says what is wrong with one line of a configuration file. Never holds a secret.
 *
 * @param line from 1; 0 when the file as a whole is meant
 * @param grave whether the line cannot count; otherwise it is a warning
 */
public record FileFault(String file, int line, String reason, boolean grave) {
    @Override
    public String toString() {
        return line == 0 ? file + ": " + reason : file + ':' + line + ": " + reason;
    }
}
