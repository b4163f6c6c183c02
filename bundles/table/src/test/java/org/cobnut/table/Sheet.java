package org.cobnut.table;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.cobnut.driver.Report;
import org.cobnut.driver.Session;
import org.cobnut.model.VarType;

/** A report that a test can read; variables and commands last from poll to poll, as in the runtime. */
public final class Sheet implements Report {
    public final Map<String, String> variables = new TreeMap<>();
    public final Map<String, VarType> types = new TreeMap<>();
    public final Set<String> commands = new TreeSet<>();
    public final List<String> status = new ArrayList<>();
    public final List<String> alarms = new ArrayList<>();

    /** Polls the session once more. */
    public Sheet poll(Session session) throws java.io.IOException {
        status.clear();
        alarms.clear();
        session.poll(this);
        return this;
    }

    @Override
    public void status(String word) {
        status.add(word);
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
        throw new AssertionError("a table never says so: " + reason);
    }

    @Override
    public void again(Duration delay) {
        throw new AssertionError("the interval is the runtime's");
    }
}
