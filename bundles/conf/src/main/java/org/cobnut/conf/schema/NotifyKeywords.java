package org.cobnut.conf.schema;

import static org.cobnut.conf.schema.Keyword.live;
import static org.cobnut.conf.schema.ValueTypes.choice;
import static org.cobnut.conf.schema.ValueTypes.filled;
import static org.cobnut.conf.schema.ValueTypes.list;
import static org.cobnut.conf.schema.ValueTypes.program;
import static org.cobnut.conf.schema.ValueTypes.secret;
import static org.cobnut.conf.schema.ValueTypes.whole;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Lists the keywords of notify.conf, a file that NUT does not have: each section is a target, which gets notices of
 * upsmon by mail, by a webhook or by a program. A target of another kind belongs to another bundle, and has keywords of
 * its own.
 */
public final class NotifyKeywords {
    /** The factory PID of the targets. */
    static final String PID = "cobnut.notify";

    private static final String KIND = "kind";
    private static final Pattern HOURS =
            Pattern.compile("([01]?\\d|2[0-3]):[0-5]\\d-(([01]?\\d|2[0-3]):[0-5]\\d|24:00)");
    private static final int HIGHEST_PORT = 65_535;

    static final List<Keyword> ALL = List.of(
            live(KIND, filled()),
            live("ups", list("names of UPSes, in which * stands for any text", word -> !word.isEmpty())),
            live(
                    "events",
                    list(
                            "kinds of notices, such as ONBATT and LOWBATT",
                            word -> UpsmonDirectives.NOTICES.contains(word.toUpperCase(Locale.ROOT)))),
            live("quiet", ValueTypes.one("two times, as in 22:00-07:00", word -> Optional.of(word)
                    .filter(text -> HOURS.matcher(text).matches()))),
            live("retries", whole(0)).unsaid("5"),
            live("timeout", whole(1)).unsaid("20"),
            live("server", filled()),
            live("port", ValueTypes.one("a port from 1 to 65535", word -> ValueTypes.integer(word)
                    .filter(port -> port > 0 && port <= HIGHEST_PORT))),
            live("tls", choice("starttls", "implicit", "none")).unsaid("starttls"),
            live("from", filled()),
            live("to", list("mail addresses", word -> word.indexOf('@') > 0)),
            live("format", choice("slack", "discord", "ntfy", "gotify", "json")),
            // Whoever knows the address of a webhook of Slack or Discord may send by it.
            live("url", secret(1, "an address")).keptIn("url.password"),
            live("token", secret(1, "a value")).keptIn("token.password"),
            live("user", filled()),
            live("password", secret(1, "a value")),
            live("cafile", filled()),
            live("command", program()));

    private static final Set<String> COMMON = Set.of(KIND, "ups", "events", "quiet", "retries", "timeout");

    /** What the targets of each kind of ours may have beside the common keywords, and must have. */
    private static final Map<String, Set<String>> MAY = Map.of(
            "mail", Set.of("server", "port", "tls", "from", "to", "user", "password", "cafile"),
            "webhook", Set.of("format", "url", "token", "user", "password", "cafile"),
            "exec", Set.of("command"));

    private static final Map<String, List<String>> MUST = Map.of(
            "mail", List.of("server", "from", "to"),
            "webhook", List.of("format", "url"),
            "exec", List.of("command"));

    private NotifyKeywords() {}

    /** The kinds of targets that the distribution has bundles for. */
    public static Set<String> kinds() {
        return MAY.keySet();
    }

    /** What no line of a target is wrong with alone, by the line to look at. */
    static Map<Integer, String> faults(SectionValues scope) {
        var faults = new TreeMap<Integer, String>();
        String kind = String.valueOf(scope.values().get(KIND));
        Set<String> may = MAY.get(kind);
        if (!scope.table().pid().equals(PID) || may == null) return faults;
        String whose = "target [%s] is of kind %s, which ".formatted(scope.name(), kind);
        var lacks = new ArrayList<String>();
        // A line in error is told of where it stands.
        for (Keyword key : ALL) {
            int line = scope.mentioned(key.property());
            if (line > 0 && !COMMON.contains(key.word()) && !may.contains(key.word()))
                faults.put(line, whose + "has no '" + key.word() + "'");
            if (line == 0 && MUST.getOrDefault(kind, List.of()).contains(key.word())) lacks.add(key.word());
        }
        others(scope)
                .forEach((word, signed) -> faults.put(
                        scope.mentioned(word), signed ? whose + "has no '" + word + "'" : "KEY = VALUE is wanted"));
        if (!lacks.isEmpty()) faults.put(scope.line(), whose + "needs " + String.join(", ", lacks));
        return faults;
    }

    /** Other keywords, and whether there is a = behind them; a word alone may be a password that slipped, and is not shown. */
    private static Map<String, Boolean> others(SectionValues scope) {
        var words = new TreeMap<String, Boolean>();
        for (String property : List.of(KeywordTable.OPTIONS, KeywordTable.SECRETS))
            if (scope.values().get(property) instanceof String[] lines)
                for (String line : lines) words.put(line.replaceFirst("\\s*=.*", ""), line.contains(" = "));
        return words;
    }
}
