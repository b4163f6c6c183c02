package org.cobnut.launcher.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
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
        System.setProperty("cobnut.log.level", level());
        System.setProperty("cobnut.log.trace", debug > 0 ? "%ex" : "%nopex");
        System.setProperty(
                "cobnut.log.form",
                journal(environment.getOrDefault("JOURNAL_STREAM", ""))
                        ? PRIORITY + "%msg"
                        : bare && debug == 0
                                ? "%msg"
                                : "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level " + program + ": %msg");
    }

    /** Tells whether standard error is the stream that systemd named, which what a service starts inherits in any case. */
    private static boolean journal(String stream) {
        if (stream.isEmpty()) return false;
        try {
            Map<String, Object> error = Files.readAttributes(Path.of("/proc/self/fd/2"), "unix:dev,ino");
            return stream.equals(error.get("dev") + ":" + error.get("ino"));
        } catch (IOException | UnsupportedOperationException unknown) {
            return false;
        }
    }

    private String level() {
        if (debug > 0) return "DEBUG";
        return quiet == 0 ? "INFO" : quiet == 1 ? "WARN" : "ERROR";
    }
}
