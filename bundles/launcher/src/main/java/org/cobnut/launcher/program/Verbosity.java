package org.cobnut.launcher.program;

import java.util.Map;
import org.cobnut.program.Getopt;

/**
 * Decides how much is logged (NUT's -D, -q and NUT_DEBUG_LEVEL, which counts without a -D).
 *
 * @param debug 0 for none
 * @param quiet how often -q was given
 */
public record Verbosity(int debug, int quiet) {
    public static Verbosity of(Getopt options, NutConf nutConf, Map<String, String> environment) {
        int asked = options.count('D');
        return new Verbosity(asked > 0 ? asked : nutConf.debugLevel(environment), options.count('q'));
    }

    /**
     * Tells etc/logback.xml.
     *
     * @param bare whether lines begin with what they say, as NUT's do, and not with date, time and severity
     */
    public void apply(boolean bare) {
        System.setProperty("cobnut.log.level", level());
        System.setProperty("cobnut.log.trace", debug > 0 ? "%ex" : "%nopex");
        System.setProperty(
                "cobnut.log.form", bare && debug == 0 ? "%msg" : "%d{yyyy-MM-dd HH:mm:ss.SSS} %-5level %msg");
    }

    private String level() {
        if (debug > 0) return "DEBUG";
        return quiet == 0 ? "INFO" : quiet == 1 ? "WARN" : "ERROR";
    }
}
