package org.cobnut.shell;

import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.CommandSessionListener;
import org.cobnut.audit.Actor;
import org.cobnut.audit.AuditLog;
import org.osgi.service.component.annotations.Component;

/**
 * Writes each command of nutctl or of a shell, and its result, into the audit. Leaves out commands that only read, and
 * values that may be secret.
 */
@Component
public final class CommandAudit implements CommandSessionListener {
    private static final Set<String> READERS = Set.of(
            "list",
            "status",
            "health",
            "vars",
            "clients",
            "events",
            "plan",
            "rehearse",
            "check",
            "diff",
            "doctor",
            "help");
    private static final Pattern SECRET = Pattern.compile(
            "(?i)([\\w.-]*(?:pass|secret|community|auth|key)[\\w.-]*\\s*[= ]\\s*)(\"[^\"]*\"|'[^']*'|\\S+)");
    private static final Pattern WORD = Pattern.compile("(?:\"(?:[^\"\\\\]|\\\\.)*\"|'[^']*'|\\S)+");
    private static final Pattern SCOPE = Pattern.compile("^nut:");
    private static final int CONFIG_WORDS = 3;

    /** Words of a command whose next one is or may be a secret: {@code config PID KEY}, {@code mapping draft HOST}. */
    private static final int SHOWN_WORDS = 3;

    @Override
    public void beforeExecute(CommandSession session, CharSequence command) {
        // What came of it is known afterwards.
    }

    @Override
    public void afterExecute(CommandSession session, CharSequence command, Exception refused) {
        tell(session, command, "refused: " + ClientSession.why(refused));
    }

    @Override
    public void afterExecute(CommandSession session, CharSequence command, Object result) {
        tell(session, command, result instanceof String text && text.lines().count() == 1 ? text : "done");
    }

    private static void tell(CommandSession session, CharSequence command, String result) {
        String line = SCOPE.matcher(command.toString().strip()).replaceFirst("");
        if (line.isEmpty() || reads(line)) return;
        AuditLog.record(actor(session), shown(line), SECRET.matcher(result).replaceAll("$1***"));
    }

    private static Actor actor(CommandSession session) {
        if (session.get(ClientSession.ACTOR) instanceof Actor actor) return actor;
        String from = "nut:*".equals(session.get("SCOPE")) ? "nutctl" : "shell";
        return new Actor(System.getProperty("user.name", ""), from);
    }

    /** Tells whether a command changes nothing; of some that is told by the number of their words. */
    static boolean reads(String line) {
        List<String> words = words(line);
        if (line.matches(".*[;|&$({].*")) return false;
        return switch (words.get(0)) {
            case "cmd" -> words.size() <= 2;
            case "config" -> words.size() < CONFIG_WORDS;
            case "drivers" -> words.size() <= 2 || words.get(1).equals("--supported");
            case "mapping" -> !words.contains("draft");
            case "loglevel" -> words.size() == 1;
            case "notify" -> words.size() == 1 || !words.get(1).equals("test");
            default -> READERS.contains(words.get(0));
        };
    }

    /** The command without secrets: no value of a configuration, no community, and nothing behind a word that tells of one. */
    static String shown(String line) {
        List<String> words = words(line);
        boolean community = words.get(0).equals("mapping") && words.contains("draft");
        if ((words.get(0).equals("config") || community) && words.size() > SHOWN_WORDS)
            return String.join(" ", words.subList(0, SHOWN_WORDS)) + " ***";
        return SECRET.matcher(String.join(" ", words)).replaceAll("$1***");
    }

    /** The words, without the quotes that nutctl puts around each. */
    static List<String> words(String line) {
        return WORD.matcher(line)
                .results()
                .map(MatchResult::group)
                .map(word -> word.matches("\"[^\"\\\\\\s]+\"") ? word.substring(1, word.length() - 1) : word)
                .toList();
    }
}
