package org.cobnut.runtime.snapshot;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.cobnut.model.Health;
import org.cobnut.model.Names;
import org.cobnut.model.Snapshot;
import org.cobnut.model.VarType;
import org.cobnut.model.Variable;
import org.jspecify.annotations.Nullable;

/** Makes snapshots of what the driver said and of what NUT's core adds to it. Not for several threads at once. */
public final class SnapshotBuilder {
    private final DriverVariables driverVariables;
    private final ChargeDirection charging = new ChargeDirection();
    private ReportDraft last = new ReportDraft();
    private Set<String> words = Set.of();
    private @Nullable Instant taken;

    /** Builds snapshots with these variables in each. */
    public SnapshotBuilder(DriverVariables driverVariables) {
        this.driverVariables = driverVariables;
    }

    /** Returns the variables that every driver of NUT has. */
    public DriverVariables driverVariables() {
        return driverVariables;
    }

    /** What the next poll begins with; after a re-opening it begins with nothing. */
    public ReportDraft draft(boolean fresh) {
        return fresh ? new ReportDraft() : last.next();
    }

    /** A poll ended well. Says whether it brought anything that the one before had not; mostly it has not. */
    public boolean accept(ReportDraft draft, Instant at) {
        boolean news = taken == null || !draft.repeats(last);
        last = draft;
        taken = at;
        if (news) settle(draft);
        return news;
    }

    private void settle(ReportDraft draft) {
        var all = new LinkedHashSet<>(draft.words());
        SortedMap<String, Variable> variables = preset();
        if (driverVariables.section().ignoreLowBattery()) {
            all.remove("LB");
            if (LowBattery.holds(variables)) all.add("LB");
        }
        charging.word(all, value(variables, "battery.charge")).ifPresent(all::add);
        words = all;
    }

    /** Whether LB is to be decided from numbers that are not there: then it would never be seen. */
    public boolean blindToLowBattery() {
        return driverVariables.section().ignoreLowBattery() && !LowBattery.known(preset());
    }

    /** The device as it is known now; nothing but its health before the first good poll. */
    public Snapshot view(Health health, Instant now) {
        if (taken == null) return Snapshot.empty(now, health);
        SortedMap<String, Variable> variables = preset();
        status(variables);
        copy(variables, "ups.mfr", "device.mfr");
        copy(variables, "ups.model", "device.model");
        copy(variables, "ups.serial", "device.serial");
        if (!variables.containsKey("device.type")) put(variables, "device.type", "ups", VarType.READ_ONLY);
        driverVariables.addTo(variables, health instanceof Health.Reconnecting ? "reconnect.trying" : "quiet");
        var commands = new TreeSet<>(Names.ORDER);
        commands.addAll(last.commands());
        DriverVariables.addTo(commands);
        return new Snapshot(taken, health, variables, commands);
    }

    /** Whether two snapshots say the same to everybody who reads them. */
    public static boolean same(Snapshot one, Snapshot two) {
        return one.health().equals(two.health())
                && one.variables().equals(two.variables())
                && one.commands().equals(two.commands());
    }

    private SortedMap<String, Variable> preset() {
        var variables = new TreeMap<String, Variable>(Names.ORDER);
        driverVariables.section().defaults().forEach((name, value) -> put(variables, name, value, VarType.READ_ONLY));
        variables.putAll(last.variables());
        driverVariables.section().overrides().forEach((name, value) -> {
            variables.remove(name);
            put(variables, name, value, VarType.READ_ONLY);
        });
        return variables;
    }

    private void status(SortedMap<String, Variable> variables) {
        Set<String> pinned = driverVariables.section().overrides().keySet();
        if (!last.alarms().isEmpty() && pinned.stream().noneMatch(ReportDraft.ALARM::equalsIgnoreCase))
            restate(variables, ReportDraft.ALARM, String.join(" ", last.alarms()));
        if (pinned.stream().noneMatch(ReportDraft.STATUS::equalsIgnoreCase)) {
            var line = new LinkedHashSet<String>();
            if (!last.alarms().isEmpty()) line.add("ALARM");
            line.addAll(words);
            restate(variables, ReportDraft.STATUS, String.join(" ", line));
        }
    }

    private void restate(SortedMap<String, Variable> variables, String name, String value) {
        if (value.isEmpty() && !last.variables().containsKey(name)) return; // then a default may stand
        Variable stated = variables.remove(name);
        if (!value.isEmpty()) put(variables, name, value, stated == null ? VarType.READ_ONLY : stated.type());
    }

    private static void copy(SortedMap<String, Variable> variables, String from, String to) {
        Variable original = variables.get(from);
        if (original != null && !variables.containsKey(to)) put(variables, to, original.value(), VarType.READ_ONLY);
    }

    private static Optional<String> value(SortedMap<String, Variable> variables, String name) {
        return Optional.ofNullable(variables.get(name)).map(Variable::value);
    }

    private static void put(SortedMap<String, Variable> variables, String name, String value, VarType type) {
        variables.put(name, new Variable(name, ProtocolText.value(value), type));
    }
}
