package org.cobnut.table.mapping;

import java.util.List;

/** A mapping file that cannot be used. Its message names the first fault; {@link #faults} has all of them. */
public final class MappingException extends Exception {
    private static final long serialVersionUID = 1;

    /** Faults of one file that are told; more say nothing new. */
    private static final int MOST_FAULTS = 20;

    private final transient List<Fault> faults;

    /**
     * What is wrong with one line.
     *
     * @param file as it is shown to people
     * @param line from 1; 0 for the file as a whole
     */
    public record Fault(String file, int line, String reason) {
        /** As it is shown to people: file, line, reason. */
        @Override
        public String toString() {
            return line == 0 ? file + ": " + reason : file + ":" + line + ": " + reason;
        }
    }

    public MappingException(List<Fault> faults) {
        super(faults.get(0).toString());
        this.faults = faults.stream().limit(MOST_FAULTS).toList();
    }

    public List<Fault> faults() {
        return faults;
    }
}
