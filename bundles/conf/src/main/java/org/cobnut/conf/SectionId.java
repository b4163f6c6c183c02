package org.cobnut.conf;

/**
 * Where a configuration stands in the files.
 *
 * @param name of the section; empty for what stands before the first, or in the whole file
 */
record SectionId(Schema schema, String name) {
    KeywordTable table() {
        return name.isEmpty() ? schema.global() : schema.section().orElseThrow();
    }

    /** The PID that a start of the framework gives to it. */
    String pid() {
        return name.isEmpty() ? table().pid() : table().pid() + "~" + name;
    }
}
