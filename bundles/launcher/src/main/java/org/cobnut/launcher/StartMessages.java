package org.cobnut.launcher;

import java.io.PrintStream;
import java.util.Map;

/** What a program says before its runtime has a log: its banner and its last words, in NUT's form. */
record StartMessages(String program, Map<String, String> environment, PrintStream out, PrintStream err) {
    /** The release of NUT whose behaviour this is, as org.cobnut.wire.Version has it; a test compares them. */
    static final String NUT_LEVEL = "2.8.5";

    /** NUT's banner, unless NUT_QUIET_INIT_BANNER is there, empty or true. */
    void banner(String title) {
        var quiet = environment.get("NUT_QUIET_INIT_BANNER");
        if (quiet == null || !(quiet.isEmpty() || quiet.equalsIgnoreCase("true"))) out.println(title);
    }

    /** The same, asked for: it is printed whatever the environment says. */
    void version(String title) {
        out.println(title);
    }

    void fault(String line) {
        err.println(program + ": " + line);
    }

    void fatal(StartException refused) {
        var said = String.valueOf(refused.getMessage());
        // NUT's drivers call a wrong command line an error, and anything else a fatal one.
        err.println(said.startsWith("Error: ") ? said : "Fatal error: " + said);
    }

    static String own() {
        var version = StartMessages.class.getPackage().getImplementationVersion();
        return version == null ? "(built from classes)" : version.replaceFirst("-SNAPSHOT$", "");
    }

    static String level() {
        return NUT_LEVEL + " (Cobnut " + own() + ")";
    }
}
