package org.cobnut.wire;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.cobnut.wire.Request.About;
import org.cobnut.wire.Request.Query;
import org.cobnut.wire.Request.Query.Subject;

/** The table of command words behind {@link Request#of}. */
final class Requests {
    private static final Request UNKNOWN = new Request.Malformed(ErrorCode.UNKNOWN_COMMAND, false);
    private static final Request INVALID = new Request.Malformed(ErrorCode.INVALID_ARGUMENT, false);
    private static final Request INVALID_LATER = new Request.Malformed(ErrorCode.INVALID_ARGUMENT, true);

    private static final Map<String, Function<List<String>, Request>> COMMANDS = Map.ofEntries(
            Map.entry("VER", words -> alone(words, new About(About.Topic.VER))),
            Map.entry("HELP", words -> alone(words, new About(About.Topic.HELP))),
            Map.entry("PROTVER", words -> alone(words, new About(About.Topic.PROTVER))),
            Map.entry("NETVER", words -> alone(words, new About(About.Topic.NETVER))),
            Map.entry("LOGOUT", words -> alone(words, new Request.Logout())),
            Map.entry("STARTTLS", words -> new Request.StartTls()),
            Map.entry("USERNAME", words -> words.size() == 2 ? new Request.Username(words.get(1)) : INVALID),
            Map.entry("PASSWORD", words -> words.size() == 2 ? new Request.Password(words.get(1)) : INVALID),
            Map.entry("LOGIN", words -> words.size() == 2 ? new Request.Login(words.get(1)) : INVALID_LATER),
            Map.entry("PRIMARY", words -> words.size() == 2 ? new Request.Primary(words.get(1), false) : INVALID_LATER),
            Map.entry("MASTER", words -> words.size() == 2 ? new Request.Primary(words.get(1), true) : INVALID_LATER),
            Map.entry("FSD", words -> words.size() == 2 ? new Request.Fsd(words.get(1)) : INVALID_LATER),
            Map.entry("SET", Requests::set),
            Map.entry("INSTCMD", Requests::instcmd),
            Map.entry("GET", Requests::get),
            Map.entry("LIST", Requests::list));

    private static final Map<String, Subject> GETS = subjects(false);
    private static final Map<String, Subject> LISTS = subjects(true);

    private Requests() {}

    static Request of(List<String> words) {
        if (words.isEmpty()) return UNKNOWN;
        var command = COMMANDS.get(upper(words.get(0)));
        return command == null ? UNKNOWN : command.apply(words);
    }

    private static Request alone(List<String> words, Request request) {
        return words.size() == 1 ? request : INVALID;
    }

    private static Request set(List<String> words) {
        if (words.size() < 3) return INVALID_LATER;
        return switch (upper(words.get(1))) {
            case "TRACKING" -> tracking(upper(words.get(2)));
            case "VAR" ->
                words.size() < 5 ? INVALID_LATER : new Request.SetVar(words.get(2), words.get(3), words.get(4));
            default -> INVALID_LATER;
        };
    }

    private static Request tracking(String word) {
        return switch (word) {
            case "ON" -> new Request.SetTracking(true);
            case "OFF" -> new Request.SetTracking(false);
            default -> INVALID_LATER;
        };
    }

    private static Request instcmd(List<String> words) {
        if (words.size() < 3) return INVALID_LATER;
        return new Request.Instcmd(
                words.get(1), words.get(2), words.size() == 4 ? Optional.of(words.get(3)) : Optional.empty());
    }

    private static Request get(List<String> words) {
        if (words.size() < 2) return INVALID;
        String word = upper(words.get(1));
        if (word.equals("TRACKING"))
            return new Request.GetTracking(words.size() > 2 ? Optional.of(words.get(2)) : Optional.empty());
        return query(GETS.get(word), words);
    }

    private static Request list(List<String> words) {
        if (words.size() < 2) return INVALID;
        String word = upper(words.get(1));
        return word.equals("UPS") ? new Request.ListUps() : query(LISTS.get(word), words);
    }

    private static Request query(@org.jspecify.annotations.Nullable Subject subject, List<String> words) {
        if (subject == null || words.size() < (subject.named() ? 4 : 3)) return INVALID;
        return new Query(subject, words.get(2), subject.named() ? words.get(3) : "");
    }

    private static Map<String, Subject> subjects(boolean lists) {
        var map = new HashMap<String, Subject>();
        for (Subject subject : Subject.values()) if (subject.list() == lists) map.put(subject.word(), subject);
        return map;
    }

    private static String upper(String word) {
        return word.toUpperCase(Locale.ROOT);
    }
}
