package org.cobnut.upsd;

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
 * What hosts.allow and hosts.deny say of upsd (hosts_access(5), hosts_options(5)): the first rule that matches in
 * hosts.allow lets in, else the first in hosts.deny keeps out, else anybody may come. Immutable.
 */
final class HostRules {
    /** No rule at all: everybody may come. */
    static final HostRules NONE = new HostRules(List.of());

    private static final String PROGRAM = "upsd";
    private static final Map<String, Boolean> VERDICTS = Map.of("allow", true, "deny", false);
    private static final Set<String> HARMLESS =
            Set.of("severity", "nice", "setenv", "keepalive", "linger", "rfc931", "umask", "user", "group", "banners");
    private static final Set<String> WANT_VALUE =
            Set.of("severity", "spawn", "twist", "setenv", "umask", "user", "group", "banners", "linger");

    /** One line that speaks of upsd: whom it means, and whether that one may come. */
    private record Rule(List<String> clients, boolean allows) {}

    private final List<Rule> rules;
    private final boolean askingForNames;

    private HostRules(List<Rule> rules) {
        this.rules = List.copyOf(rules);
        this.askingForNames =
                rules.stream().flatMap(rule -> rule.clients().stream()).anyMatch(HostPattern::asksForName);
    }

    /** The text of a file, and the name by which its faults are told. */
    record Source(String name, String text) {}

    /**
     * Reads both files.
     *
     * @param include gives the words of a file that a pattern {@code /file} names
     * @param warn hears of a file with a line number, and what is wrong with that line; the line then counts as libwrap
     *     has it
     */
    static HostRules of(
            Source allow, Source deny, Function<String, List<String>> include, BiConsumer<String, String> warn) {
        var rules = new ArrayList<Rule>();
        read(allow.text(), true, include, (line, why) -> warn.accept(allow.name() + ':' + line, why), rules);
        read(deny.text(), false, include, (line, why) -> warn.accept(deny.name() + ':' + line, why), rules);
        return new HostRules(rules);
    }

    /** Whether a decision needs the peer's name. */
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
            warn.accept("netgroups are not known here, and match nobody");
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

    /** Whether a rule with this option counts as if it had none; a bad option keeps out, in either file. */
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

    /** Parts between colons; none of those within brackets counts, for they hold IPv6 addresses. */
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
