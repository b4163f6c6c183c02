package org.cobnut.drivers.megatec;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.cobnut.driver.Report;
import org.cobnut.model.VarType;

/** A report that a test can read; what lasts from poll to poll lasts here too. */
final class Sheet implements Report {
    final Map<String, String> variables = new TreeMap<>();
    final Map<String, VarType> types = new TreeMap<>();
    final Set<String> commands = new TreeSet<>();
    final List<String> status = new ArrayList<>();
    final List<String> alarms = new ArrayList<>();

    /** The sheet for the next poll. */
    Sheet next() {
        status.clear();
        alarms.clear();
        return this;
    }

    @Override
    public void status(String word) {
        if (!status.contains(word)) status.add(word);
    }

    @Override
    public void alarm(String sentence) {
        alarms.add(sentence);
    }

    @Override
    public void set(String name, String value) {
        set(name, value, types.getOrDefault(name, VarType.READ_ONLY));
    }

    @Override
    public void set(String name, String value, VarType type) {
        variables.put(name, value);
        types.put(name, type);
    }

    @Override
    public void remove(String name) {
        variables.remove(name);
        types.remove(name);
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
        throw new AssertionError("the driver never says so itself: " + reason);
    }

    @Override
    public void again(Duration delay) {
        throw new AssertionError("the interval is the runtime's");
    }
}
