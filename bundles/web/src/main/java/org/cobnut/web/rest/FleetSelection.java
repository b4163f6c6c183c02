package org.cobnut.web.rest;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cobnut.fleet.FleetUps;

/**
 * The part of a fleet that somebody wants to see.
 *
 * @param total how many UPSes there are
 * @param matching how many of them fit
 * @param troubled how many of all are not reachable, not on line power, or say that something is wrong
 * @param upses those that fit, as many as were asked for
 */
record FleetSelection(int total, int matching, int troubled, List<FleetUps> upses) {
    private static final Set<String> GRAVE = Set.of("LB", "FSD", "OVER", "OVERHEAT", "SD");
    private static final Set<String> ODD = Set.of("OB", "OFF", "BYPASS", "RB", "ALARM");

    /**
     * Those in trouble first.
     *
     * @param find a text in the name of the machine or UPS, in its model or status; empty for all
     */
    static FleetSelection of(List<FleetUps> all, String find, int most) {
        String part = find.toLowerCase(Locale.ROOT);
        Map<Integer, List<FleetUps>> byTrouble = all.stream()
                .filter(ups -> part.isEmpty() || fits(ups, part))
                .collect(Collectors.groupingBy(
                        FleetSelection::trouble, () -> new TreeMap<>(Comparator.reverseOrder()), Collectors.toList()));
        int matching = byTrouble.values().stream().mapToInt(List::size).sum();
        List<FleetUps> first =
                byTrouble.values().stream().flatMap(List::stream).limit(most).toList();
        return new FleetSelection(all.size(), matching, troubled(all), first);
    }

    private static int troubled(List<FleetUps> all) {
        return (int) all.stream().filter(ups -> trouble(ups) > 0).count();
    }

    private static boolean fits(FleetUps ups, String part) {
        return Stream.of(ups.node(), ups.ups(), ups.model(), ups.status())
                .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(part));
    }

    private static int trouble(FleetUps ups) {
        List<String> words = Arrays.asList(ups.status().split(" "));
        if (ups.reachable() && words.stream().anyMatch(GRAVE::contains)) return 3;
        if (!ups.reachable()) return 2;
        return words.stream().anyMatch(ODD::contains) ? 1 : 0;
    }
}
