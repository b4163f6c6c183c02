package org.cobnut.drivers.megatec;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cobnut.drivers.megatec.Dialect.Probe;
import org.cobnut.link.NoAnswerException;
import org.cobnut.table.UnfitAnswerException;

/** Finds the dialect of a UPS. Dialects share questions, so each is asked once for all of them. */
final class Detection {
    private final Connection line;
    private final boolean skipVendor;
    private final Map<Shape, Optional<String>> answers = new HashMap<>();

    /** What makes two questions the same. */
    private record Shape(String text, int width, String first) {}

    Detection(Connection line, boolean skipVendor) {
        this.line = line;
        this.skipVendor = skipVendor;
    }

    /** @throws IOException when the UPS speaks none of them */
    Dialect among(List<Dialect> tables) throws IOException {
        for (Dialect table : tables) if (speaks(table)) return table;
        if (answers.values().stream().allMatch(Optional::isEmpty))
            throw new IOException("it gave no answer that makes sense; is it switched on, and the cable right?");
        throw new IOException("it speaks none of "
                + String.join(", ", tables.stream().map(Dialect::name).toList()));
    }

    private boolean speaks(Dialect table) throws IOException {
        for (Probe probe : table.probes()) {
            if (skipVendor && table.vendor().contains(probe.query())) continue;
            if (ask(probe.query())
                    .filter(answer -> probe.answer().matcher(answer).matches())
                    .isEmpty()) return false;
        }
        return true;
    }

    private Optional<String> ask(Query query) throws IOException {
        var shape = new Shape(query.text(), query.width(), query.first());
        Optional<String> known = answers.get(shape);
        if (known != null) return known;
        Optional<String> answer;
        try {
            answer = Optional.of(line.ask(query));
        } catch (NoAnswerException | UnfitAnswerException e) {
            answer = Optional.empty();
        }
        answers.put(shape, answer);
        return answer;
    }
}
