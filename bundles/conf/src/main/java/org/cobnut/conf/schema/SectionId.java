package org.cobnut.conf.schema;

/**
 * Identifies a section of a file.
 *
 * @param name of the section; empty for the lines before the first section, or for the whole file
 */
public record SectionId(Schema schema, String name) {
    public KeywordTable table() {
        return name.isEmpty() ? schema.global() : schema.section().orElseThrow();
    }

    /** The PID that a start of the framework gives to it. */
    public String pid() {
        return name.isEmpty() ? table().pid() : table().pid() + "~" + name;
    }
}
