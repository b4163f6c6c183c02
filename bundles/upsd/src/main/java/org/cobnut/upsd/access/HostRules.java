package org.cobnut.upsd.access;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The rules of hosts.allow and hosts.deny for upsd (hosts_access(5), hosts_options(5)): the first rule that matches in
 * hosts.allow admits a client, else the first that matches in hosts.deny refuses it, else it is admitted. Immutable.
 */
public final class HostRules {
    /** No rules: every client is admitted. */
    public static final HostRules NONE = new HostRules(List.of());

    private static final String PROGRAM = "upsd";
    private static final Map<String, Boolean> VERDICTS = Map.of("allow", true, "deny", false);
    private static final Set<String> HARMLESS =
            Set.of("severity", "nice", "setenv", "keepalive", "linger", "rfc931", "umask", "user", "group", "banners");
    private static final Set<String> WANT_VALUE =
            Set.of("severity", "spawn", "twist", "setenv", "umask", "user", "group", "banners", "linger");

    /** One line about upsd: the clients it matches, and whether it admits them. */
    private record Rule(List<String> clients, boolean allows) {}

    private final List<Rule> rules;
    private final boolean askingForNames;

    private HostRules(List<Rule> rules) {
        this.rules = List.copyOf(rules);
        this.askingForNames =
                rules.stream().flatMap(rule -> rule.clients().stream()).anyMatch(HostPattern::asksForName);
    }

    /** The text of a file, and the name that messages about it use. */
    public record Source(String name, String text) {}

    /**
     * Reads both files.
     *
     * @param include gives the words of a file that a pattern {@code /file} names
     * @param warn hears of a file with a line number, and what is wrong with that line; the line then counts as libwrap
     *     has it
     */
    public static HostRules of(
            Source allow, Source deny, Function<String, List<String>> include, BiConsumer<String, String> warn) {
        var rules = new ArrayList<Rule>();
        read(allow.text(), true, include, (line, why) -> warn.accept(allow.name() + ':' + line, why), rules);
        read(deny.text(), false, include, (line, why) -> warn.accept(deny.name() + ':' + line, why), rules);
        return new HostRules(rules);
    }

    /** Whether a rule contains a host name, so that the name of the peer must be looked up. */
    boolean askForNames() {
        return askingForNames;
    }

    boolean allow(HostPattern.Peer peer) {
        for (Rule rule : rules)
            if (HostPattern.list(rule.clients(), token -> HostPattern.client(token, peer))) return rule.allows();
        return true;
    }

    private static void read(
            String text,
            boolean allowing,
            Function<String, List<String>> include,
            BiConsumer<Integer, String> warn,
            List<Rule> rules) {
        String[] lines = text.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            int number = i + 1;
            var line = new StringBuilder(lines[i]);
            while (line.length() > 0 && line.charAt(line.length() - 1) == '\\' && i + 1 < lines.length)
                line.deleteCharAt(line.length() - 1).append(lines[++i]);
            if (line.length() == 0 || line.charAt(0) == '#' || line.toString().isBlank()) continue;
            rule(line.toString(), allowing, include, why -> warn.accept(number, why), rules);
        }
    }

    private static void rule(
            String line,
            boolean allowing,
            Function<String, List<String>> include,
            Consumer<String> warn,
            List<Rule> rules) {
        List<String> fields = fields(line);
        if (fields.size() < 2) {
            warn.accept("there is no ':', so the line is left out");
            return;
        }
        if (!HostPattern.list(words(fields.get(0)), token -> HostPattern.daemon(token, PROGRAM))) return;
        List<String> clients = words(fields.get(1)).stream()
                .flatMap(token -> token.startsWith("/") ? include.apply(token).stream() : Stream.of(token))
                .toList();
        if (clients.stream()
                .anyMatch(token -> token.substring(token.indexOf('@', 1) + 1).startsWith("@")))
            warn.accept("netgroups are not supported, and match no client");
        boolean allows = allowing;
        for (int i = 2; i < fields.size(); i++) {
            String option = fields.get(i).trim();
            boolean last = i == fields.size() - 1;
            Boolean verdict = last ? VERDICTS.get(option.toLowerCase(Locale.ROOT)) : null;
            if (verdict != null) allows = verdict;
            else if (!harmless(option, warn)) {
                allows = false;
                break; // nothing behind it is looked at
            }
        }
        rules.add(new Rule(clients, allows));
    }

    /** Whether an option leaves the rule as it is; a bad option makes the rule refuse, in either file. */
    private static boolean harmless(String option, Consumer<String> warn) {
        String[] words = option.split("[\\s=]+", 2);
        String word = words[0].toLowerCase(Locale.ROOT);
        boolean valued = words.length > 1 && !words[1].isBlank();
        if (WANT_VALUE.contains(word) && !valued) {
            warn.accept("'" + word + "' wants a value, so the rule keeps out");
            return false;
        }
        if (word.equals("spawn")) warn.accept("upsd runs no command here: spawn is ignored");
        else if (!HARMLESS.contains(word)) {
            warn.accept("'" + word + "' is not for upsd, or not in this place, so the rule keeps out");
            return false;
        }
        return true;
    }

    private static List<String> words(String field) {
        return Arrays.stream(field.split("[,\\s]+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** Splits at colons, except within brackets, which hold IPv6 addresses. */
    private static List<String> fields(String line) {
        var fields = new ArrayList<String>();
        var field = new StringBuilder();
        int depth = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '[') depth++;
            else if (c == ']') depth--;
            if (c == ':' && depth <= 0) {
                fields.add(field.toString());
                field.setLength(0);
            } else field.append(c);
        }
        fields.add(field.toString());
        return fields;
    }
}
