package org.cobnut.config;

/**
 * Holds a configuration file as a person edits it: its secrets are masked.
 *
 * @param name of the file, such as "ups.conf"
 * @param version tells which bytes on the disk the text was made of; empty for a file that is not there
 */
public record FileText(String name, String text, String version) {
    /** The text is left out, for it may hold a new password. */
    @Override
    public String toString() {
        return name + ' ' + version;
    }
}
