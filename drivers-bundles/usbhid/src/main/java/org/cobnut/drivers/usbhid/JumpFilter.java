package org.cobnut.drivers.usbhid;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.cobnut.table.Known;
import org.cobnut.table.Numbers;

/**
 * Holds back a charge or a run time that no battery reaches between two polls while the line is on and it does not discharge:
 * some units tell a charge of 3 % between two of 100 %. What the next reading confirms counts. On battery each value counts at
 * once, for there a bad battery falls as fast.
 */
final class JumpFilter {
    private static final String CHARGE = "battery.charge";
    private static final String RUNTIME = "battery.runtime";

    /** Points of charge. */
    private static final double MOST_CHARGE = 20;

    /** A load that comes or goes changes the run time, too. */
    private static final double MOST_FACTOR = 4;

    private final Map<String, Double> accepted = new HashMap<>();
    private final Map<String, Double> doubtful = new HashMap<>();

    /**
     * Judges what is known now.
     *
     * @param calm whether the line is on and the battery does not discharge
     * @param asked whether the device was asked for it in this poll, so that a value is no memory of one in doubt
     * @return what counts in place of the values that are held back, by variable
     */
    Map<String, String> held(Known known, boolean calm, boolean asked) {
        var held = new LinkedHashMap<String, String>();
        for (String name : new String[] {CHARGE, RUNTIME}) {
            Optional<Double> value = known.number(name);
            if (value.isEmpty()) continue;
            Double before = accepted.get(name);
            Double doubt = doubtful.get(name);
            boolean confirmed = asked && doubt != null && near(name, doubt, value.get());
            if (!calm || before == null || confirmed || near(name, before, value.get())) {
                accepted.put(name, value.get());
                doubtful.remove(name);
            } else {
                doubtful.put(name, value.get());
                held.put(name, Numbers.format(before, 0));
            }
        }
        return held;
    }

    /** Whether a value waits to be confirmed. */
    boolean doubts() {
        return !doubtful.isEmpty();
    }

    private static boolean near(String name, double one, double other) {
        if (name.equals(CHARGE)) return Math.abs(one - other) <= MOST_CHARGE;
        return Math.max(one, other) <= MOST_FACTOR * Math.min(one, other);
    }
}
