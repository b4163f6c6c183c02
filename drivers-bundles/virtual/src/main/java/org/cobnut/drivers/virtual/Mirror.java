package org.cobnut.drivers.virtual;

import java.util.Collection;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.cobnut.driver.Report;
import org.cobnut.model.Names;
import org.cobnut.model.VarType;
import org.cobnut.model.Variable;

/** What is shown of another device: a report follows it, and what that device no longer has is withdrawn. */
final class Mirror {
    /** Said by {@link Report#status}, and not as a variable. */
    static final String STATUS = "ups.status";

    private SortedMap<String, Variable> variables = new TreeMap<>(Names.ORDER);
    private SortedSet<String> commands = new TreeSet<>(Names.ORDER);

    void show(Report report, Collection<Variable> now, Set<String> offered) {
        var fresh = new TreeMap<String, Variable>(Names.ORDER);
        for (Variable variable : now)
            if (!variable.name().equalsIgnoreCase(STATUS)) fresh.put(variable.name(), variable);
        for (String gone : variables.keySet()) if (!fresh.containsKey(gone)) report.remove(gone);
        fresh.values().forEach(variable -> report.set(variable.name(), variable.value(), variable.type()));
        for (String gone : commands) if (!offered.contains(gone)) report.removeCommand(gone);
        offered.forEach(report::command);
        variables = fresh;
        commands = new TreeSet<>(Names.ORDER);
        commands.addAll(offered);
    }

    static Variable readOnly(Variable variable) {
        return new Variable(variable.name(), variable.value(), VarType.READ_ONLY);
    }

    /** Of the driver below, which is not this one. */
    static boolean driversOwn(String name) {
        return name.regionMatches(true, 0, "driver.", 0, "driver.".length());
    }
}
