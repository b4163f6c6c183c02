package org.cobnut.drivers.upscode2;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.cobnut.testkit.serial.SerialSimulator;

/** A unit with one phase, or with three; each line of an answer is a piece of its own. */
final class Upscode2Unit extends SerialSimulator {
    /** Commands that are followed by a parameter. */
    private static final Set<String> TWO =
            Set.of("UPSN", "UPDT", "UPTM", "UPSD", "UPCD", "UPPF", "UPPD", "UPPC", "UPBT");

    private static final Set<String> ORDERS = Set.of("UPPF", "UPPD", "UPPC", "UPPU", "UPBT", "UPIS");

    private final Map<String, String> state = new LinkedHashMap<>();
    private final Map<String, String> nominal = new LinkedHashMap<>();
    private final Map<String, String> delays = new HashMap<>(Map.of("UPSD", "0020", "UPCD", "0090"));
    private final List<String> orders = new ArrayList<>();
    private String pending = "";

    private Upscode2Unit() {
        state.put("STBO", "00");
        state.put("STBL", "00");
        state.put("STUF", "00");
        state.put("STBP", "00");
        state.put("MIUL1", "231");
        state.put("MBIII", "1.5");
        state.put("MBUUU", "27.2");
        state.put("BTIME", "9999");
        state.put("MOIL1", "2.5");
        state.put("MOPL1", "0.45");
        state.put("MOUL1", "230");
        state.put("MUTE1", "31");
        state.put("MOFFF", "50.1");
        nominal.put("NIUNN", "230");
        nominal.put("NBAHN", "17");
        nominal.put("NBILL", "40");
        nominal.put("NBTHH", "60");
        nominal.put("NOINN", "10");
        nominal.put("NOPNN", "2.1");
        nominal.put("NOFLL", "47");
    }

    /** The variables of all values that a unit may tell. */
    static List<String> names() throws IOException {
        try (var in = Objects.requireNonNull(Upscode2.class.getResourceAsStream("values.txt"));
                var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
            return lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" "))
                    .filter(words -> words.length > 1)
                    .map(words -> words[1])
                    .toList();
        }
    }

    static Upscode2Unit one() {
        return new Upscode2Unit();
    }

    static Upscode2Unit three() {
        var unit = new Upscode2Unit();
        unit.state.remove("MOFFF");
        unit.with("MIUL3", "229").with("MOUL3", "228").with("MOIL3", "5").with("MOFFF", "50.1");
        return unit;
    }

    Upscode2Unit with(String mnemonic, String value) {
        state.put(mnemonic, value);
        return this;
    }

    Upscode2Unit without(String mnemonic) {
        state.remove(mnemonic);
        return this;
    }

    /** The orders that came since the last call, with their parameters. */
    List<String> orders() {
        List<String> all = List.copyOf(orders);
        orders.clear();
        return all;
    }

    @Override
    protected List<String> answer(String request) {
        String line = request.strip();
        if (pending.isEmpty() && TWO.contains(line)) {
            pending = line;
            return List.of();
        }
        String command = pending.isEmpty() ? line : pending;
        String parameter = pending.isEmpty() ? "" : line;
        pending = "";
        if (ORDERS.contains(command)) {
            orders.add((command + " " + parameter).strip());
            return List.of();
        }
        return switch (command) {
            case "UPCL" ->
                lines("UPDS", "UPDV", "UPTP", "UPSN", "UPDT", "UPSD", "UPCD", "UPPF", "UPPC", "UPPU", "UPBT", "UPCL");
            case "UPDS" -> pairs(state);
            case "UPDV" -> pairs(nominal);
            case "UPTP" -> lines("NNAME", "PRESTIGE 3000");
            case "UPSN" -> lines("ACSN", "4711");
            case "UPDT" -> lines("ACDT", "2024/03/07");
            case "UPSD", "UPCD" -> delay(command, parameter);
            default -> List.of();
        };
    }

    private List<String> delay(String command, String parameter) {
        if (!parameter.equals("0000")) delays.put(command, parameter);
        return lines(command.equals("UPSD") ? "ACSD" : "ACCD", delays.getOrDefault(command, ""));
    }

    private static List<String> pairs(Map<String, String> values) {
        var all = new ArrayList<String>();
        values.forEach((mnemonic, value) -> {
            for (String one : value.split(" ")) all.addAll(List.of(mnemonic, one));
        });
        return lines(all.toArray(String[]::new));
    }

    private static List<String> lines(String... lines) {
        var pieces = new ArrayList<String>();
        for (String line : lines) pieces.add(line + "\n\r");
        return pieces;
    }
}
