package org.cobnut.upsmon;

/** The kinds of notices, with the default texts of NUT (upsmon.conf(5), "NOTIFYMSG"); {@code %s} stands for the UPS. */
public enum NoticeType {
    ONLINE("UPS %s on line power"),
    ONBATT("UPS %s on battery"),
    LOWBATT("UPS %s battery is low"),
    FSD("UPS %s: forced shutdown in progress"),
    COMMOK("Communications with UPS %s established"),
    COMMBAD("Communications with UPS %s lost"),
    SHUTDOWN("Auto logout and shutdown proceeding"),
    SHUTDOWN_HOSTSYNC("Shutdown initiated; primary system is waiting for secondaries to log out or time out"),
    REPLBATT("UPS %s battery needs to be replaced"),
    NOCOMM("UPS %s is unavailable"),
    NOPARENT("upsmon parent process died - shutdown impossible"),
    CAL("UPS %s: calibration in progress"),
    NOTCAL("UPS %s: calibration finished"),
    OFF("UPS %s: administratively OFF or asleep"),
    NOTOFF("UPS %s: no longer administratively OFF or asleep"),
    BYPASS("UPS %s: on bypass (powered, not protecting)"),
    NOTBYPASS("UPS %s: no longer on bypass"),
    ECO("UPS %s: in ECO mode (as defined by vendor)"),
    NOTECO("UPS %s: no longer in ECO mode"),
    ALARM("UPS %s: one or more active alarms: [%s]"),
    NOTALARM("UPS %s is no longer in an alarm state (no active alarms)"),
    OVER("UPS %s: overloaded"),
    NOTOVER("UPS %s: no longer overloaded"),
    TRIM("UPS %s: trimming incoming voltage"),
    NOTTRIM("UPS %s: no longer trimming incoming voltage"),
    BOOST("UPS %s: boosting incoming voltage"),
    NOTBOOST("UPS %s: no longer boosting incoming voltage"),
    OTHER("UPS %s: has at least one unclassified status token: [%s]"),
    NOTOTHER("UPS %s has no unclassified status tokens anymore"),
    SUSPEND_STARTING("OS is entering sleep"),
    SUSPEND_FINISHED("OS just finished sleep"),
    SUSPEND_TIMEJUMP_UNEXPECTED("Unexpected clock change by %s, treating as wake up from sleep");

    /** The longest text of a notice. */
    public static final int LONGEST = 511;

    private final String text;

    NoticeType(String text) {
        this.text = text;
    }

    /** The default text of NUT. */
    public String text() {
        return text;
    }

    /**
     * Fills a text: the UPS goes to the first {@code %s} and the detail to the second; a notice about the machine has
     * only a detail.
     */
    public static String fill(String pattern, String ups, String detail) {
        String first = ups.isEmpty() ? detail : ups;
        int one = pattern.indexOf("%s");
        String filled = pattern;
        if (one >= 0) {
            String rest = pattern.substring(one + 2);
            int two = rest.indexOf("%s");
            if (two >= 0) rest = rest.substring(0, two) + detail + rest.substring(two + 2);
            filled = pattern.substring(0, one) + first + rest;
        }
        return filled.length() <= LONGEST ? filled : filled.substring(0, LONGEST);
    }
}
