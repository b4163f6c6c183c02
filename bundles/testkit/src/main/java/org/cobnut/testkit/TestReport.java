package org.cobnut.testkit;

import java.io.IOException;
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
import org.cobnut.driver.Due;
import org.cobnut.driver.Report;
import org.cobnut.driver.Session;
import org.cobnut.model.Names;
import org.cobnut.model.VarType;
import org.cobnut.model.Variable;

/** What polls said, as it was said; {@link #next} makes it ready for the next poll of the same session. */
public final class TestReport implements Report {
    private final SortedMap<String, Variable> variables = new TreeMap<>(Names.ORDER);
    private final SortedSet<String> commands = new TreeSet<>(Names.ORDER);
    private final Set<String> words = new LinkedHashSet<>();
    private final List<String> alarms = new ArrayList<>();
    private Optional<String> stale = Optional.empty();
    private Optional<Duration> again = Optional.empty();

    /** Forgets what the runtime forgets before each poll: status, alarms, staleness and the wish for the next. */
    public TestReport next() {
        words.clear();
        alarms.clear();
        stale = Optional.empty();
        again = Optional.empty();
        return this;
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
        Variable before = variables.get(name);
        set(name, value, before == null ? VarType.READ_ONLY : before.type());
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
        again = again.filter(wish -> wish.compareTo(delay) < 0).or(() -> Optional.of(delay));
    }

    public List<String> status() {
        return List.copyOf(words);
    }

    public List<String> alarms() {
        return List.copyOf(alarms);
    }

    /**
     * Polls the session as the runtime does: what lasts from poll to poll lasts here too.
     *
     * @param due what is due, one poll for each; a full one when nothing is said
     */
    public TestReport poll(Session session, Due... due) throws IOException {
        for (Due one : due.length == 0 ? new Due[] {Due.FULL} : due) {
            next();
            session.poll(this, one);
        }
        return this;
    }

    /** Variables as the last poll left them, by name. */
    public SortedMap<String, String> values() {
        var values = new TreeMap<String, String>(Names.ORDER);
        variables.forEach((name, variable) -> values.put(name, variable.value()));
        return values;
    }

    /** The type of a variable that there is. */
    public VarType type(String name) {
        return Optional.ofNullable(variables.get(name)).map(Variable::type).orElseThrow();
    }

    public Optional<String> value(String name) {
        return Optional.ofNullable(variables.get(name)).map(Variable::value);
    }

    public SortedMap<String, Variable> variables() {
        return variables;
    }

    public SortedSet<String> commands() {
        return commands;
    }

    /** Why the values are not true, when the session said so. */
    public Optional<String> stale() {
        return stale;
    }

    /** After how long the session wants the next poll, when it said so. */
    public Optional<Duration> again() {
        return again;
    }
}
