package org.cobnut.launcher.program;

import org.cobnut.program.Getopt;

/** Says whether a daemon of NUT runs in the background, and whether it writes a PID file (upsd(8), nutupsdrv(8)). */
public enum RunMode {
    /** In the background once it serves. */
    BACK(true),
    /** At the terminal; there may be several. */
    FRONT(false),
    /** At the terminal, as a service manager wants it that also looks for the file. */
    FRONT_WITH_PID(true);

    private final boolean pid;

    RunMode(boolean pid) {
        this.pid = pid;
    }

    public boolean pid() {
        return pid;
    }

    /** What -F, -FF, -B and -D come to: the last of F and B counts, D only without them. */
    public static RunMode of(Getopt options) {
        RunMode runMode = options.has('D') ? FRONT : BACK;
        boolean said = false;
        for (var option : options.given()) {
            switch (option.letter()) {
                case 'F' -> runMode = said && runMode != BACK ? FRONT_WITH_PID : FRONT;
                case 'B' -> runMode = BACK;
                default -> {
                    continue;
                }
            }
            said = true;
        }
        return runMode;
    }
}
