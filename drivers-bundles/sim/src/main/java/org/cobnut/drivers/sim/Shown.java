package org.cobnut.drivers.sim;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.cobnut.driver.Report;
import org.cobnut.model.Names;
import org.cobnut.model.VarType;

/** The variables of a session, and which of them the runtime has yet to hear of. */
final class Shown {
    static final String STATUS = "ups.status";

    private final Map<String, String> values = new TreeMap<>(Names.ORDER);
    private final TreeSet<String> changed = new TreeSet<>(Names.ORDER);
    private List<String> status = List.of();

    void put(String name, String value) {
        if (value.equals(values.get(name))) return;
        values.put(name, value);
        changed(name, value);
    }

    void remove(String name) {
        if (values.remove(name) != null) changed(name, "");
    }

    /** Takes other variables instead, and tells all of them anew when asked to. */
    void replace(Map<String, String> others, boolean anew) {
        for (String name : List.copyOf(values.keySet())) if (!others.containsKey(name)) remove(name);
        others.forEach(this::put);
        if (anew) changed.addAll(values.keySet());
    }

    /** Whether there is anything that no report holds. */
    boolean pending() {
        return !changed.isEmpty();
    }

    /** Tells what changed, and the status in any case, since reports begin without. */
    void report(Report report, Function<String, VarType> types) {
        for (String name : changed) {
            String value = values.get(name);
            if (value == null) report.remove(name);
            else report.set(name, value, types.apply(name));
        }
        changed.clear();
        for (String word : status) report.status(word);
    }

    private void changed(String name, String value) {
        changed.add(name);
        if (name.equalsIgnoreCase(STATUS))
            status = value.isBlank() ? List.of() : List.of(value.trim().split(" +"));
    }
}
