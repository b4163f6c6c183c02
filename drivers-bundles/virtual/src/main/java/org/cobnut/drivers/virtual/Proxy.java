package org.cobnut.drivers.virtual;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.cobnut.model.Snapshot;
import org.cobnut.model.Variable;

/** Names of the device that is shown: what every driver says of itself is put apart, for this one says it too. */
final class Proxy {
    private static final String APART = "upstream.";

    private Proxy() {}

    static List<Variable> variables(Snapshot snapshot) {
        return snapshot.variables().values().stream()
                .map(variable -> new Variable(shown(variable.name()), variable.value(), variable.type()))
                .toList();
    }

    static Set<String> commands(Snapshot snapshot) {
        var commands = new TreeSet<String>();
        snapshot.commands().forEach(command -> commands.add(shown(command)));
        return commands;
    }

    /** The name by which the device below knows it. */
    static String below(String name) {
        boolean apart = name.startsWith(APART) && clashes(name.substring(APART.length()));
        return apart ? name.substring(APART.length()) : name;
    }

    private static String shown(String name) {
        return clashes(name) ? APART + name : name;
    }

    private static boolean clashes(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.startsWith("driver.") || lower.equals("shutdown.default");
    }
}
