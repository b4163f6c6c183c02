package org.cobnut.conf.mirror;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.cobnut.conf.files.NutFiles;

/** Describes how one set of configurations differs from another, in lines for people; hides passwords. */
public final class ConfigurationDiff {
    private ConfigurationDiff() {}

    public static List<String> between(
            Map<String, Map<String, Object>> before, Map<String, Map<String, Object>> after) {
        var lines = new ArrayList<String>();
        var pids = new TreeSet<>(before.keySet());
        pids.addAll(after.keySet());
        for (String pid : pids) {
            Map<String, Object> old = before.get(pid);
            Map<String, Object> now = after.get(pid);
            if (old == null) lines.add("+ " + pid);
            else if (now == null) lines.add("- " + pid);
            else lines.addAll(values(pid, old, now));
        }
        return lines;
    }

    /** The keys of which one set of values says otherwise than another. */
    static String keys(Map<String, Object> old, Map<String, Object> now) {
        var keys = new TreeSet<>(old.keySet());
        keys.addAll(now.keySet());
        keys.removeIf(key -> NutFiles.housekeeping(key) || Objects.deepEquals(old.get(key), now.get(key)));
        return keys.isEmpty() ? "order" : String.join(", ", keys);
    }

    private static List<String> values(String pid, Map<String, Object> old, Map<String, Object> now) {
        var lines = new ArrayList<String>();
        var keys = new TreeSet<>(old.keySet());
        keys.addAll(now.keySet());
        for (String key : keys)
            if (!NutFiles.housekeeping(key) && !Objects.deepEquals(old.get(key), now.get(key)))
                lines.add("  %s %s: %s -> %s".formatted(pid, key, shown(key, old.get(key)), shown(key, now.get(key))));
        return lines;
    }

    private static String shown(String key, @org.jspecify.annotations.Nullable Object value) {
        if (value == null) return "(nothing)";
        if (NutFiles.secret(key)) return "********";
        return value instanceof Object[] several ? Arrays.toString(several) : value.toString();
    }
}
