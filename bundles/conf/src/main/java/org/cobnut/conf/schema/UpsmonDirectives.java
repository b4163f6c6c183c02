package org.cobnut.conf.schema;

import static org.cobnut.conf.schema.Keyword.fixed;
import static org.cobnut.conf.schema.Keyword.live;
import static org.cobnut.conf.schema.ValueTypes.filled;
import static org.cobnut.conf.schema.ValueTypes.integer;
import static org.cobnut.conf.schema.ValueTypes.lines;
import static org.cobnut.conf.schema.ValueTypes.program;
import static org.cobnut.conf.schema.ValueTypes.seconds;
import static org.cobnut.conf.schema.ValueTypes.secret;
import static org.cobnut.conf.schema.ValueTypes.whole;
import static org.cobnut.conf.schema.ValueTypes.yesNo;
import static org.cobnut.conf.schema.ValueTypes.yesNoNumber;
import static org.cobnut.conf.schema.ValueTypes.yesNoUsual;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.cobnut.conf.schema.ValueType.Read;

/** Lists the directives of upsmon.conf (upsmon.conf(5)), and READINGS and LOSTATONCE, which NUT does not have. */
public final class UpsmonDirectives {
    private static final String MONITOR =
            "five words: UPS@HOST, a power value, a user, a password, and primary or secondary";
    private static final Pattern SYSTEM =
            Pattern.compile("[^@\\s]+(@([^@\\s:\\[\\]]+|\\[[0-9A-Fa-f:.%]+])(:\\d{1,5})?)?");
    private static final Set<String> ROLES = Set.of("primary", "secondary", "master", "slave");
    private static final Set<String> FLAGS = Set.of("SYSLOG", "WALL", "EXEC", "IGNORE");
    private static final Set<String> SWITCHES = Set.of("0", "1", "-1");
    /** The kinds of notices. */
    static final Set<String> NOTICES = Set.of(
            "ONLINE",
            "ONBATT",
            "LOWBATT",
            "FSD",
            "COMMOK",
            "COMMBAD",
            "SHUTDOWN",
            "SHUTDOWN_HOSTSYNC",
            "REPLBATT",
            "NOCOMM",
            "NOPARENT",
            "CAL",
            "NOTCAL",
            "OFF",
            "NOTOFF",
            "BYPASS",
            "NOTBYPASS",
            "ECO",
            "NOTECO",
            "ALARM",
            "NOTALARM",
            "OVER",
            "NOTOVER",
            "TRIM",
            "NOTTRIM",
            "BOOST",
            "NOTBOOST",
            "OTHER",
            "NOTOTHER",
            "SUSPEND_STARTING",
            "SUSPEND_FINISHED",
            "SUSPEND_TIMEJUMP_UNEXPECTED");

    static final List<Keyword> ALL = List.of(
            live("MONITOR", monitor()),
            live("MINSUPPLIES", whole(0)).unsaid("1"),
            live("SHUTDOWNCMD", program()),
            live("NOTIFYCMD", program()),
            live("NOTIFYMSG", lines(2, 2, "a kind of notice and a text", UpsmonDirectives::notice)),
            live("NOTIFYFLAG", lines(2, 2, "a kind of notice and its flags joined by +", UpsmonDirectives::flags)),
            live("POLLFREQ", whole(1)).unsaid("5"),
            live("POLLFREQALERT", whole(1)).unsaid("5"),
            live("POLLFAIL_LOG_THROTTLE_MAX", integer()).unsaid("-1"),
            live("DEADTIME", whole(0)).unsaid("15"),
            live("HOSTSYNC", whole(0)).unsaid("15"),
            live("FINALDELAY", whole(0)).unsaid("5"),
            live("NOCOMMWARNTIME", whole(1)).unsaid("300"),
            live("RBWARNTIME", whole(1)).unsaid("43200"),
            live("OFFDURATION", integer()).unsaid("30"),
            live("OVERDURATION", integer()).unsaid("-1"),
            live("OBLBDURATION", integer()).unsaid("0"),
            live("ALARMCRITICAL", yesNoNumber()).unsaid("true"),
            live("SHUTDOWNEXIT", seconds()).unsaid("0"),
            live("POWERDOWNFLAG", filled()),
            live("READINGS", whole(1)).unsaid("2"),
            live("LOSTATONCE", yesNo()).unsaid("false"),
            fixed("RUN_AS_USER", filled()),
            live("CERTPATH", filled()),
            live("CERTFILE", filled()),
            live("CERTIDENT", secret(2, "a name and a password")).keptIn("certident.password"),
            live(
                    "CERTHOST",
                    lines(4, 4, "a host, a certificate's name, and twice 0, 1 or -1", UpsmonDirectives::certHost)),
            live("CERTVERIFY", yesNoUsual()).unsaid("false"),
            live("FORCESSL", yesNoUsual()).unsaid("false"),
            live("DEBUG_MIN", whole(0)).inAnyCase().unsaid("0"));

    private UpsmonDirectives() {}

    /** A line in error may hold its password anywhere, so that no word of it is ever shown. */
    private static ValueType monitor() {
        return lines(5, 5, MONITOR, words -> {
            if (!SYSTEM.matcher(words.get(0)).matches()) return refuse("UPS@HOST or UPS@HOST:PORT as its first word");
            var power = new Read.Refusal("a power value of 0 or more as its second word", "");
            Optional<Integer> number = ValueTypes.leading(words.get(1)).filter(value -> value >= 0);
            if (number.isEmpty()) return power;
            if (!ROLES.contains(words.get(4).toLowerCase(Locale.ROOT)))
                return refuse("primary or secondary as its fifth word");
            return ValueTypes.integer(words.get(1)).isPresent()
                    ? ValueTypes.row(words, List.of())
                    : ValueTypes.row(with(words, 1, String.valueOf(number.get())), List.of(power));
        });
    }

    private static Read notice(List<String> words) {
        String type = words.get(0).toUpperCase(Locale.ROOT);
        return NOTICES.contains(type)
                ? ValueTypes.row(with(words, 0, type), List.of())
                : new Read.Refusal("a kind of notice as its first word", words.get(0));
    }

    /** As NUT, drops the flags that there are not; with none left, the line does not count. */
    private static Read flags(List<String> words) {
        if (notice(words) instanceof Read.Refusal refusal) return refusal;
        List<String> flags = List.of(words.get(1).split("\\+", -1));
        List<String> good = flags.stream().filter(FLAGS::contains).toList();
        String bad = flags.stream().filter(flag -> !FLAGS.contains(flag)).collect(Collectors.joining("+"));
        var refusal = new Read.Refusal("SYSLOG, WALL, EXEC or IGNORE, joined by +", bad.isEmpty() ? words.get(1) : bad);
        if (good.isEmpty()) return refusal;
        return ValueTypes.row(
                List.of(words.get(0).toUpperCase(Locale.ROOT), String.join("+", good)),
                good.size() == flags.size() ? List.of() : List.of(refusal));
    }

    /** A switch that cannot be read means what counts for all hosts. */
    private static Read certHost(List<String> words) {
        var all = new ArrayList<>(words);
        var spoilt = new ArrayList<Read.Refusal>();
        for (int i = 2; i < 4; i++) {
            String word = words.get(i);
            Optional<String> known = SWITCHES.contains(word)
                    ? Optional.of(word)
                    : ValueTypes.truth(word).map(yes -> yes ? "1" : "0");
            all.set(i, known.orElse("-1"));
            if (known.isEmpty()) spoilt.add(new Read.Refusal("0, 1 or -1 as its third and fourth word", word));
        }
        return ValueTypes.row(all, spoilt);
    }

    /** The words with another in one place. */
    static List<String> with(List<String> words, int index, String word) {
        var all = new ArrayList<>(words);
        all.set(index, word);
        return all;
    }

    private static Read.Refusal refuse(String wants) {
        return new Read.Refusal(wants, "");
    }
}
