package org.cobnut.launcher.program;

import java.util.Map;
import org.cobnut.launcher.process.LaunchLog;
import org.cobnut.program.Getopt;

/**
 * Decides how much is logged (NUT's -D, -q and NUT_DEBUG_LEVEL, which counts without a -D).
 *
 * @param debug 0 for none
 * @param quiet how often -q was given
 */
public record Verbosity(int debug, int quiet) {
    /** The severity as systemd's journal reads it (sd-daemon(3)): error, warning, informational, debug. */
    private static final String PRIORITY = "<%replace(%replace(%replace(%replace(%level){'ERROR','3'}){'WARN','4'})"
            + "{'INFO','6'}){'DEBUG|TRACE','7'}>";

    private static final String SYSLOG = "cobnut.log.syslog";
    private static final String NO = "no";
    private static final String YES = "yes";

    /** The severity while lines go to the program logger, which reads the same form; before that nothing. */
    private static final String SYSLOG_PRIORITY =
            "%replace(%property{" + SYSLOG + "}" + PRIORITY + "){'^" + NO + ".*|^" + YES + "',''}";

    public static Verbosity of(Getopt options, NutConf nutConf, Map<String, String> environment) {
        int asked = options.count('D');
        return new Verbosity(asked > 0 ? asked : nutConf.debugLevel(environment), options.count('q'));
    }

    /**
     * Tells etc/logback.xml. Lines begin with date, severity and program, or, for systemd's journal, which knows date and program,
     * with the severity alone.
     *
     * @param bare whether they begin with what they say, as NUT's do, where somebody reads them at a terminal or in a file
     */
    public void apply(String program, boolean bare, Map<String, String> environment) {
        System.setProperty(SYSLOG, NO);
        System.setProperty("cobnut.log.level", level());
        System.setProperty("cobnut.log.trace", debug > 0 ? "%ex" : "%nopex");
        System.setProperty(
                "cobnut.log.form",
                LaunchLog.journal(environment)
                        ? PRIORITY + "%msg"
                        : bare && debug == 0
                                ? SYSLOG_PRIORITY + "%msg"
                                : (bare ? SYSLOG_PRIORITY : "") + "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level " + program
                                        + ": %msg");
    }

    /** From now on lines tell their severity in the form that logger reads with --prio-prefix. */
    public static void toSyslog() {
        System.setProperty(SYSLOG, YES);
    }

    private String level() {
        if (debug > 0) return "DEBUG";
        return quiet == 0 ? "INFO" : quiet == 1 ? "WARN" : "ERROR";
    }
}
