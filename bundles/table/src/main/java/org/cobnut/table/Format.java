package org.cobnut.table;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns what a device answered into the value of a variable. Pure. */
@FunctionalInterface
public interface Format {
    /**
     * Converts an answer.
     *
     * @param raw what the wire read
     * @param known what the rows before this one have told
     * @return the value; empty when the answer says nothing this time
     */
    Optional<String> value(String raw, Known known);

    /** A number with so many decimals; an answer that is no number says nothing. */
    static Format fixed(int decimals) {
        return times(1, decimals);
    }

    /** A number in another unit, with so many decimals. */
    static Format times(double factor, int decimals) {
        return (raw, known) -> Numbers.parse(raw).map(number -> Numbers.format(number * factor, decimals));
    }

    /** A number in another unit: without decimals where it is whole, else with two of them, as NUT shows values of SNMP. */
    static Format compact(double factor) {
        return (raw, known) -> Numbers.parse(raw).map(number -> {
            double value = number * factor;
            boolean whole = Math.abs(value - Math.rint(value)) < 1e-6;
            return Numbers.format(whole ? Math.rint(value) : value, whole ? 0 : 2);
        });
    }

    /** Text without the blanks and '#' that fill it up; an empty one says nothing. */
    static Format text() {
        return (raw, known) -> Optional.of(raw.replaceAll("^[# ]+|[# ]+$", "")).filter(rest -> !rest.isEmpty());
    }

    /** A whole number, without the '#' and blanks that fill it up; anything else says nothing. */
    static Format whole() {
        return (raw, known) -> text().value(raw, known).filter(number -> number.matches("\\d+"));
    }

    /** One of two words, for 0 and for 1. */
    static Format either(String zero, String one) {
        return lookup(Map.of("0", zero, "1", one));
    }

    /** The text that stands for an answer; an answer that is not among these says nothing. */
    static Format lookup(Map<String, String> texts) {
        Map<String, String> copy = Map.copyOf(texts);
        return (raw, known) -> Optional.ofNullable(copy.get(raw.strip()));
    }

    /** The text at the place that the answer counts, from 0. */
    static Format nth(List<String> texts) {
        List<String> copy = List.copyOf(texts);
        return (raw, known) -> Numbers.parse(raw)
                .map(Double::intValue)
                .filter(index -> index >= 0 && index < copy.size())
                .map(copy::get);
    }

    /** This format, for answers that are numbers of at least {@code least}; others say nothing. */
    default Format from(double least) {
        return (raw, known) ->
                Numbers.parse(raw).filter(number -> number >= least).isPresent() ? value(raw, known) : Optional.empty();
    }

    /** This format, with a value for answers that say nothing. */
    default Format orElse(String fallback) {
        return (raw, known) -> value(raw, known).or(() -> Optional.of(fallback));
    }
}
