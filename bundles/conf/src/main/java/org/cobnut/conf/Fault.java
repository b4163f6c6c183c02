package org.cobnut.conf;

import java.util.Collection;
import java.util.List;

/**
 * One sentence about one line of a file. Never holds a secret.
 *
 * @param line from 1; 0 when the file as a whole is meant
 * @param grave whether the line cannot count; otherwise it is a warning
 */
record Fault(String file, int line, String reason, boolean grave) {
    static Fault error(String file, int line, String reason) {
        return new Fault(file, line, reason, true);
    }

    static Fault warning(String file, int line, String reason) {
        return new Fault(file, line, reason, false);
    }

    static List<Fault> grave(Collection<Fault> faults) {
        return faults.stream().filter(Fault::grave).toList();
    }

    @Override
    public String toString() {
        return line == 0 ? file + ": " + reason : file + ":" + line + ": " + reason;
    }
}
