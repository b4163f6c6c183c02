package org.cobnut.drivers.megatec.dialect;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cobnut.drivers.megatec.dialect.Dialect.Probe;
import org.cobnut.drivers.megatec.wire.Coding;
import org.cobnut.drivers.megatec.wire.Connection;
import org.cobnut.drivers.megatec.wire.Query;
import org.cobnut.drivers.megatec.wire.WrongAnswerException;
import org.cobnut.link.NoAnswerException;

/** Finds the dialect of a UPS. Dialects share questions, so each is asked once for all of them. */
public final class Detection {
    private final Connection line;
    private final Config config;
    private final Map<Asked, Optional<String>> answers = new HashMap<>();

    /** What makes two questions the same. */
    private record Asked(String text, Coding coding) {}

    public Detection(Connection line, Config config) {
        this.line = line;
        this.config = config;
    }

    /**
     * The first that the UPS speaks.
     *
     * @param named whether the section names the one that is left, so that it is for this device whoever made it
     * @throws IOException when the UPS speaks none of them
     */
    public Dialect among(List<Dialect> tables, boolean named) throws IOException {
        for (Dialect table : tables) if ((named || meant(table)) && speaks(table)) return table;
        if (answers.values().stream().allMatch(Optional::isEmpty))
            throw new IOException("it gave no answer that makes sense; is it switched on, and the cable right?");
        throw new IOException("it speaks none of "
                + String.join(", ", tables.stream().map(Dialect::name).toList()));
    }

    private boolean meant(Dialect table) {
        return table.usbVendor().isEmpty()
                || table.usbVendor().equals(line.usb().map(device -> "%04x".formatted(device.vendorId())));
    }

    private boolean speaks(Dialect table) throws IOException {
        for (Probe probe : table.probes())
            if (table.asks(probe.query(), config)
                    && ask(probe.query())
                            .filter(answer -> probe.answer().matcher(answer).matches())
                            .isEmpty()) return false;
        return true;
    }

    private Optional<String> ask(Query query) throws IOException {
        var asked = new Asked(query.text(), query.coding());
        Optional<String> known = answers.get(asked);
        if (known == null) {
            known = heard(query);
            answers.put(asked, known);
        }
        return known.filter(query::fits);
    }

    /** What came, whatever it is: it may be the answer that another dialect waits for. */
    private Optional<String> heard(Query query) throws IOException {
        try {
            return Optional.of(line.probe(query));
        } catch (NoAnswerException e) {
            return Optional.empty();
        } catch (WrongAnswerException e) {
            return Optional.of(e.answer());
        }
    }
}
