package org.cobnut.runtime.snapshot;

import java.util.Collection;
import java.util.Optional;

/** Tells from battery.charge which way it goes, for drivers that do not say (as NUT's core does since 2.8.5). */
final class ChargeDirection {
    private static final double FULL = 100;

    private Optional<Double> last = Optional.empty();
    private Optional<String> word = Optional.empty();

    /** The word to add to a status, given the charge of this moment. A charge that stands still keeps its direction. */
    Optional<String> word(Collection<String> status, Optional<String> charge) {
        Optional<Double> now = charge.flatMap(ChargeDirection::number);
        boolean said = status.contains("CHRG") || status.contains("DISCHRG");
        if (said || now.isEmpty() || now.get() >= FULL) word = Optional.empty();
        else if (last.isPresent() && now.get() > last.get()) word = Optional.of("CHRG");
        else if (last.isPresent() && now.get() < last.get()) word = Optional.of("DISCHRG");
        last = now;
        return word;
    }

    private static Optional<Double> number(String text) {
        return text.matches("\\d{1,9}(\\.\\d{0,9})?") ? Optional.of(Double.valueOf(text)) : Optional.empty();
    }
}
