package org.cobnut.cli.terminal;

import org.cobnut.wire.Version;

/** Answers options -h and -V of a program, and options that do not exist. */
public final class Help {
    private Help() {}

    /** Answers -h, -V and an option that does not exist; whether it did. */
    public static boolean answered(String program, Options options, String help, Terminal terminal) {
        return answered(program, program, options, help, terminal);
    }

    /** Does the same for a program whose title is not its name. */
    public static boolean answered(String program, String title, Options options, String help, Terminal terminal) {
        if (!options.fault().isEmpty()) terminal.err(program + ": " + options.fault());
        if (options.has('V')) terminal.out(Version.of(title) + '\n');
        else if (options.has('h')) print(title, help, terminal);
        else return false;
        return true;
    }

    /** Prints what a program can do. */
    public static void print(String program, String help, Terminal terminal) {
        terminal.out(Version.of(program) + "\n\n" + help);
    }
}
