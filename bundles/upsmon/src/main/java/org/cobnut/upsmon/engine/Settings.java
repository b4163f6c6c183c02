package org.cobnut.upsmon.engine;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cobnut.upsmon.NoticeType;

/**
 * The settings of upsmon.conf that decisions need.
 *
 * @param monitors by the name in MONITOR, in the order of the file
 * @param messages NOTIFYMSG, where it differs from the texts of NUT
 */
public record Settings(
        Map<String, Monitor> monitors, int minSupplies, Times times, Rules rules, Map<NoticeType, String> messages) {
    /**
     * One UPS that is monitored: how many power supplies of this machine it feeds, and whether this machine is its
     * primary.
     */
    public record Monitor(String ups, int power, boolean primary) {}

    /** Times in seconds; {@code exit} is how long logins stay after the shutdown began, negative for no end. */
    public record Times(
            int poll, int alert, int dead, int hostSync, int finalDelay, int noComm, int replaceBattery, int exit) {
        static final Times DEFAULT = new Times(5, 5, 15, 15, 5, 300, 43_200, 0);
    }

    /**
     * When a UPS is critical.
     *
     * @param off seconds of OFF; negative for never
     * @param lowBattery seconds of OB LB
     * @param over seconds of OVER, if unreachable then; negative for never
     * @param alarm whether an unreachable UPS that was in alarm is critical
     * @param readings in a row that must agree before anything irreversible; NUT takes one
     * @param lostAtOnce NUT's way: CAL, BYPASS, OFF and ALARM make a lost UPS critical with the first missing answer
     */
    public record Rules(int off, int lowBattery, int over, boolean alarm, int readings, boolean lostAtOnce) {
        static final Rules DEFAULT = new Rules(30, 0, -1, true, 2, false);
        static final Rules NUT = new Rules(30, 0, -1, true, 1, true);
    }

    public Settings {
        monitors = Collections.unmodifiableMap(new LinkedHashMap<>(monitors));
        var copy = new EnumMap<NoticeType, String>(NoticeType.class);
        copy.putAll(messages);
        messages = Collections.unmodifiableMap(copy);
    }

    public static Settings of(List<Monitor> monitors, int minSupplies, Times times, Rules rules) {
        var byName = new LinkedHashMap<String, Monitor>();
        monitors.forEach(monitor -> byName.putIfAbsent(monitor.ups(), monitor));
        return new Settings(byName, minSupplies, times, rules, Map.of());
    }

    /** Whether this machine is the primary of at least one UPS. */
    public boolean primary() {
        return monitors.values().stream().anyMatch(Monitor::primary);
    }

    Effect notice(NoticeType type, String ups, String detail) {
        return new Effect.Notify(type, ups, NoticeType.fill(messages.getOrDefault(type, type.text()), ups, detail));
    }

    /** A notice with a given text. A text of the user does not have the reason, so it is appended. */
    Effect notice(NoticeType type, String ups, String text, String reason) {
        String own = messages.get(type);
        String told = own == null ? text : NoticeType.fill(own, ups, "") + ": " + reason;
        return new Effect.Notify(
                type, ups, told.length() <= NoticeType.LONGEST ? told : told.substring(0, NoticeType.LONGEST));
    }

    Effect notice(NoticeType type, String ups) {
        return notice(type, ups, "");
    }
}
