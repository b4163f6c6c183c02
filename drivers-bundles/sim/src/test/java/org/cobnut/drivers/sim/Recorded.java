package org.cobnut.drivers.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.cobnut.driver.Report;
import org.cobnut.model.Names;
import org.cobnut.model.VarType;
import org.cobnut.model.Variable;

/** A report as the runtime keeps it: what polls left behind, and what the last one said of its moment. */
final class Recorded implements Report {
    final TreeMap<String, Variable> variables = new TreeMap<>(Names.ORDER);
    final TreeSet<String> commands = new TreeSet<>(Names.ORDER);
    final Set<String> words = new LinkedHashSet<>();
    final List<String> alarms = new ArrayList<>();
    Optional<String> stale = Optional.empty();
    Optional<Duration> again = Optional.empty();

    /** Status, alarms and wishes begin anew. */
    Recorded next() {
        words.clear();
        alarms.clear();
        stale = Optional.empty();
        again = Optional.empty();
        return this;
    }

    String value(String name) {
        return Optional.ofNullable(variables.get(name)).map(Variable::value).orElse("(none)");
    }

    @Override
    public void status(String word) {
        words.add(word);
    }

    @Override
    public void alarm(String sentence) {
        alarms.add(sentence);
    }

    @Override
    public void set(String name, String value) {
        set(name, value, variables.containsKey(name) ? variables.get(name).type() : VarType.READ_ONLY);
    }

    @Override
    public void set(String name, String value, VarType type) {
        variables.put(name, new Variable(name, value, type));
    }

    @Override
    public void remove(String name) {
        variables.remove(name);
    }

    @Override
    public void command(String name) {
        commands.add(name);
    }

    @Override
    public void removeCommand(String name) {
        commands.remove(name);
    }

    @Override
    public void stale(String reason) {
        stale = Optional.of(reason);
    }

    @Override
    public void again(Duration delay) {
        again = Optional.of(delay);
    }
}
