package org.cobnut.drivers.bcmxcp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The names behind the numbers of meters and alarms, from the files beside this class. */
final class XcpNames {
    private static final Map<Integer, List<String>> METERS = read("meters.txt");
    private static final Map<Integer, List<String>> ALARMS = read("alarms.txt");

    private XcpNames() {}

    static String alarm(int number) {
        return ALARMS.getOrDefault(number, List.of("ALARM_" + number)).get(0);
    }

    /** The variable of each meter of a unit with so many phases. */
    static Map<Integer, String> meters(int phases) {
        var names = new TreeMap<Integer, String>();
        METERS.forEach((number, both) -> names.put(number, both.get(phases == 1 ? 0 : 1)));
        names.values().removeIf("-"::equals);
        return names;
    }

    private static Map<Integer, List<String>> read(String file) {
        try (InputStream in = Objects.requireNonNull(XcpNames.class.getResourceAsStream(file), file);
                var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            var names = new TreeMap<Integer, List<String>>();
            lines.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
                List<String> words = List.of(line.split(" "));
                names.put(Integer.valueOf(words.get(0)), words.subList(1, words.size()));
            });
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
