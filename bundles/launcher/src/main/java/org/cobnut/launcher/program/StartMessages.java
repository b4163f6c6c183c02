package org.cobnut.launcher.program;

import java.io.PrintStream;
import java.util.Map;
import org.cobnut.launcher.process.LaunchLog;
import org.cobnut.launcher.process.StartException;
import org.cobnut.program.Getopt;

/** Prints what a program says before its runtime has a log: its banner and its last message, in NUT's form. */
public record StartMessages(String program, Map<String, String> environment, PrintStream out, PrintStream err) {
    /** The release of NUT whose behaviour this is, as org.cobnut.wire.Version has it; a test compares them. */
    static final String NUT_LEVEL = "2.8.5";

    /** NUT's banner, unless NUT_QUIET_INIT_BANNER is there, empty or true. */
    public void banner(String title) {
        var quiet = environment.get("NUT_QUIET_INIT_BANNER");
        if (quiet == null || !(quiet.isEmpty() || quiet.equalsIgnoreCase("true"))) out.println(title);
    }

    /** The same, asked for: it is printed whatever the environment says. */
    public void version(String title) {
        out.println(title);
    }

    public void fault(String line) {
        err.println(program + ": " + line);
    }

    public void fatal(StartException refused) {
        var said = String.valueOf(refused.getMessage());
        // NUT's drivers call a wrong command line an error, and anything else a fatal one.
        var severity = LaunchLog.journal(environment) ? LaunchLog.JOURNAL_ERROR : "";
        err.println(severity + (said.startsWith("Error: ") ? said : "Fatal error: " + said));
    }

    /** Refuses words behind the options, by name and in the words of NUT's drivers, for a program that takes none. */
    public void refuseWords(Getopt options) throws StartException {
        if (options.rest().isEmpty()) return;
        fault("unexpected: "
                + String.join(
                        " ",
                        options.rest().stream().map(word -> '"' + word + '"').toList()));
        throw new StartException("Error: too many non-option arguments. Try -h for help.");
    }

    public static String own() {
        var version = StartMessages.class.getPackage().getImplementationVersion();
        return version == null ? "(built from classes)" : version.replaceFirst("-SNAPSHOT$", "");
    }

    public static String level() {
        return NUT_LEVEL + " (Cobnut " + own() + ")";
    }
}
