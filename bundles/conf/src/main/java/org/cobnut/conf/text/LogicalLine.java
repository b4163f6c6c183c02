package org.cobnut.conf.text;

import java.util.List;

/**
 * One logical line of a file.
 *
 * @param line where it begins, from 1
 * @param words what it says; empty for a blank line, a comment, or a line in error
 * @param raw its bytes as they stand in the file, line end included
 * @param faults what is wrong with its grammar
 */
public record LogicalLine(int line, List<String> words, String raw, List<Fault> faults) {
    public LogicalLine {
        words = List.copyOf(words);
        faults = List.copyOf(faults);
    }

    /** The keyword of the line; empty when it has none. */
    public String key() {
        return words.isEmpty() ? "" : words.get(0);
    }

    /** Tells whether the line opens a section, or tries to. */
    public boolean header() {
        return key().startsWith("[");
    }

    /** The words behind the keyword, and behind the {@code =} if there is one. */
    public List<String> values() {
        int from = words.size() > 1 && words.get(1).equals("=") ? 2 : 1;
        return words.subList(Math.min(from, words.size()), words.size());
    }

    /** The line's number only: what it says may be secret. */
    @Override
    public String toString() {
        return "line " + line;
    }
}
