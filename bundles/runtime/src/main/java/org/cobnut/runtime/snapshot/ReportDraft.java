package org.cobnut.runtime.snapshot;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.cobnut.driver.Report;
import org.cobnut.model.Names;
import org.cobnut.model.VarType;
import org.cobnut.model.Variable;

/** What one poll says, on top of what the last good one left. Belongs to the polling thread until it is accepted. */
public final class ReportDraft implements Report {
    static final String STATUS = "ups.status";
    static final String ALARM = "ups.alarm";

    private SortedMap<String, Variable> variables = new TreeMap<>(Names.ORDER);
    private SortedSet<String> commands = new TreeSet<>(Names.ORDER);
    private final Set<String> words = new LinkedHashSet<>();
    private final List<String> alarms = new ArrayList<>();
    private Optional<String> stale = Optional.empty();
    private Optional<Duration> again = Optional.empty();
    /** Whether the variables, or the commands, are still those of the poll before: then they are not to be touched. */
    private boolean sameVariables;

    private boolean sameCommands;

    ReportDraft() {}

    /** What a poll begins with after this one, which is over. */
    ReportDraft next() {
        var next = new ReportDraft();
        next.variables = variables;
        next.commands = commands;
        next.sameVariables = true;
        next.sameCommands = true;
        return next;
    }

    /** Whether this poll, which began with what that one left, said nothing else. */
    boolean repeats(ReportDraft before) {
        return sameVariables
                && sameCommands
                && List.copyOf(words).equals(List.copyOf(before.words))
                && alarms.equals(before.alarms);
    }

    @Override
    public void status(String word) {
        for (String one : ProtocolText.value(word).split(" ", -1)) if (!one.isEmpty()) words.add(one);
    }

    @Override
    public void alarm(String sentence) {
        String text = ProtocolText.value(sentence);
        if (!text.isEmpty()) alarms.add(text);
    }

    @Override
    public void set(String name, String value) {
        Variable before = variables.get(name);
        if (before != null && stands(before, name, value)) return;
        set(name, value, before == null ? VarType.READ_ONLY : before.type());
    }

    /** Whether a variable says just that by now, which most do in most polls; the status is more than its text. */
    private static boolean stands(Variable before, String name, String value) {
        return before.value().equals(value) && before.name().equals(name) && !name.equalsIgnoreCase(STATUS);
    }

    /** The status as a whole replaces the words that this poll has said so far; its type lasts. */
    @Override
    public void set(String name, String value, VarType type) {
        Variable before = variables.get(name);
        if (before != null && before.type().equals(type) && stands(before, name, value)) return;
        String clean = ProtocolText.name(name);
        if (clean.isEmpty()) return;
        var now = new Variable(clean, ProtocolText.value(value), type);
        if (!now.equals(variables.get(clean))) ownVariables().put(clean, now);
        if (clean.equalsIgnoreCase(STATUS)) {
            words.clear();
            status(value);
        }
    }

    @Override
    public void remove(String name) {
        if (variables.containsKey(name)) ownVariables().remove(name);
        if (name.equalsIgnoreCase(STATUS)) words.clear();
    }

    @Override
    public void command(String name) {
        String clean = ProtocolText.name(name);
        if (!clean.isEmpty() && !commands.contains(clean)) ownCommands().add(clean);
    }

    @Override
    public void removeCommand(String name) {
        if (commands.contains(name)) ownCommands().remove(name);
    }

    @Override
    public void stale(String reason) {
        stale = Optional.of(reason);
    }

    @Override
    public void again(Duration delay) {
        again = again.filter(wish -> wish.compareTo(delay) < 0).or(() -> Optional.of(delay));
    }

    SortedMap<String, Variable> variables() {
        return variables;
    }

    SortedSet<String> commands() {
        return commands;
    }

    Set<String> words() {
        return words;
    }

    List<String> alarms() {
        return alarms;
    }

    /** Why the values of this poll are stale; nothing when they are not. */
    public Optional<String> stale() {
        return stale;
    }

    /** When the session wants its next poll; nothing when it did not say. */
    public Optional<Duration> again() {
        return again;
    }

    private SortedMap<String, Variable> ownVariables() {
        if (sameVariables) variables = new TreeMap<>(variables);
        sameVariables = false;
        return variables;
    }

    private SortedSet<String> ownCommands() {
        if (sameCommands) commands = new TreeSet<>(commands);
        sameCommands = false;
        return commands;
    }
}
