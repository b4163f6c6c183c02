package org.cobnut.link.snmp.agent;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which agents are devices that snmp-ups drives: the mappings of that driver, by the numbers and objects that tell them. A copy, for
 * the scanner runs where the driver is not.
 */
final class KnownAgents {
    private static final List<Row> ROWS = read();

    private KnownAgents() {}

    /**
     * One mapping.
     *
     * @param test the object that such an agent has, or {@code -}
     * @param ids numbers of such agents
     */
    private record Row(String mapping, String test, List<String> ids) {}

    /** The objects that tell agents apart. */
    static Set<String> tests() {
        var oids = new TreeSet<String>();
        for (Row row : ROWS) if (!row.test().equals("-")) oids.add(row.test());
        return oids;
    }

    /**
     * The mapping of an agent.
     *
     * @param id its sysObjectID
     * @param texts those of {@link #tests} that it has
     */
    static Optional<String> mapping(String id, Map<String, String> texts) {
        var order = new ArrayList<Row>();
        ROWS.stream().filter(row -> row.ids().contains(id)).forEach(order::add);
        ROWS.stream()
                .filter(row -> row.ids().stream()
                        .anyMatch(one -> maker(one).isPresent() && maker(one).equals(maker(id))))
                .forEach(order::add);
        order.addAll(ROWS);
        return order.stream()
                .filter(row -> texts.containsKey(row.test())
                        || (row.test().equals("-") && row.ids().contains(id)))
                .findFirst()
                .map(Row::mapping);
    }

    private static Optional<String> maker(String id) {
        String[] words = id.split("\\.", 8);
        return id.startsWith("1.3.6.1.4.1.") && words.length > 6 ? Optional.of(words[6]) : Optional.empty();
    }

    private static List<Row> read() {
        var rows = new ArrayList<Row>();
        try (InputStream in = KnownAgents.class.getResourceAsStream("known-agents.txt")) {
            if (in == null) throw new IllegalStateException("known-agents.txt is missing");
            var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isBlank() || line.startsWith("#")) continue;
                List<String> words = List.of(line.split(" +"));
                rows.add(new Row(words.get(0), words.get(1), words.subList(2, words.size())));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(rows);
    }
}
