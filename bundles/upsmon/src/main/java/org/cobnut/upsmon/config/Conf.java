package org.cobnut.upsmon.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cobnut.client.Address;
import org.cobnut.upsmon.NoticeType;
import org.cobnut.upsmon.config.EffectSettings.Channel;
import org.cobnut.upsmon.engine.Settings;
import org.cobnut.wire.Lexer;
import org.jspecify.annotations.Nullable;

/** upsmon.conf as Configuration Admin holds it, as typed values. */
public record Conf(List<MonitorLine> lines, Settings settings, EffectSettings effectSettings) {
    public Conf {
        lines = List.copyOf(lines);
    }

    /**
     * Reads a configuration.
     *
     * @param directory the folder of relative paths
     * @throws IllegalArgumentException when upsmon cannot work with it; the message says why, and holds no secret
     */
    public static Conf of(Map<String, ?> all, Path directory) {
        var tls = new TlsDirectives(all, directory);
        List<MonitorLine> lines = new ArrayList<>();
        for (String line : texts(all.get("monitor"))) lines.add(line(line, tls));
        var times = new Settings.Times(
                number(all, "pollfreq", 5),
                number(all, "pollfreqalert", 5),
                number(all, "deadtime", 15),
                number(all, "hostsync", 15),
                number(all, "finaldelay", 5),
                number(all, "nocommwarntime", 300),
                number(all, "rbwarntime", 43_200),
                number(all, "shutdownexit", 0));
        var rules = new Settings.Rules(
                number(all, "offduration", 30),
                number(all, "oblbduration", 0),
                number(all, "overduration", -1),
                truth(all, "alarmcritical", true),
                Math.max(1, number(all, "readings", 2)),
                truth(all, "lostatonce", false));
        var plain = Settings.of(
                lines.stream().map(MonitorLine::monitor).toList(), number(all, "minsupplies", 1), times, rules);
        int sum = plain.monitors().values().stream()
                .mapToInt(Settings.Monitor::power)
                .sum();
        if (sum < plain.minSupplies())
            throw new IllegalArgumentException("the power values of all MONITOR lines make %d, less than MINSUPPLIES %d"
                    .formatted(sum, plain.minSupplies()));
        List<MonitorLine> counting = plain.monitors().keySet().stream()
                .map(ups -> lines.stream()
                        .filter(line -> line.ups().equals(ups))
                        .findFirst()
                        .orElseThrow())
                .toList();
        return new Conf(
                counting,
                new Settings(plain.monitors(), plain.minSupplies(), times, rules, messages(all.get("notifymsg"))),
                effectSettings(all));
    }

    private static MonitorLine line(String text, TlsDirectives tls) {
        List<String> words = words(text);
        if (words.size() < 5) throw new IllegalArgumentException("a MONITOR line has less than five words");
        String role = words.get(4).toLowerCase(Locale.ROOT);
        try {
            Address address = Address.of(words.get(0));
            return new MonitorLine(
                    words.get(0),
                    address,
                    Integer.parseInt(words.get(1)),
                    words.get(2),
                    words.get(3),
                    role.equals("primary") || role.equals("master"),
                    tls.of(address));
        } catch (IllegalArgumentException wrong) {
            String why = wrong instanceof NumberFormatException ? "its power value is no number" : wrong.getMessage();
            throw new IllegalArgumentException("MONITOR " + words.get(0) + ": " + why, wrong);
        }
    }

    private static EffectSettings effectSettings(Map<String, ?> all) {
        var channels = new EnumMap<NoticeType, Set<Channel>>(NoticeType.class);
        for (String line : texts(all.get("notifyflag"))) {
            List<String> words = words(line);
            if (words.size() > 1) type(words.get(0)).ifPresent(type -> channels.put(type, channels(words.get(1))));
        }
        return new EffectSettings(
                channels,
                texts(all.get("notifycmd")),
                texts(all.get("shutdowncmd")),
                texts(all.get("powerdownflag")).stream()
                        .findFirst()
                        .filter(path -> !path.isBlank())
                        .map(Path::of));
    }

    /** Reads NOTIFYFLAG: known flags count; without one the default applies. */
    private static Set<Channel> channels(String flags) {
        var channels = EnumSet.noneOf(Channel.class);
        for (String flag : flags.split("\\+"))
            for (Channel channel : Channel.values()) if (channel.name().equals(flag)) channels.add(channel);
        boolean ignore = List.of(flags.split("\\+")).contains("IGNORE");
        if (ignore) return EnumSet.noneOf(Channel.class);
        return channels.isEmpty() ? EffectSettings.USUAL : channels;
    }

    private static Map<NoticeType, String> messages(@Nullable Object lines) {
        var messages = new EnumMap<NoticeType, String>(NoticeType.class);
        for (String line : texts(lines)) {
            List<String> words = words(line);
            if (words.size() > 1) type(words.get(0)).ifPresent(type -> messages.put(type, words.get(1)));
        }
        return messages;
    }

    private static Optional<NoticeType> type(String name) {
        for (NoticeType type : NoticeType.values()) if (type.name().equals(name)) return Optional.of(type);
        return Optional.empty();
    }

    static List<String> words(String line) {
        List<List<String>> lines = Lexer.lines(line);
        return lines.isEmpty() ? List.of() : lines.get(0);
    }

    static List<String> texts(@Nullable Object value) {
        if (value == null) return List.of();
        if (!(value instanceof Object[] all)) return List.of(String.valueOf(value));
        return List.of(all).stream().map(String::valueOf).toList();
    }

    private static int number(Map<String, ?> all, String key, int otherwise) {
        return all.get(key) instanceof Integer number ? number : otherwise;
    }

    private static boolean truth(Map<String, ?> all, String key, boolean otherwise) {
        return all.get(key) instanceof Boolean truth ? truth : otherwise;
    }
}
