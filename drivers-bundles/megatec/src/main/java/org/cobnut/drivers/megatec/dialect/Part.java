package org.cobnut.drivers.megatec.dialect;

import java.util.Locale;

/** Parts of a dialect that a section of ups.conf may leave out, each by an option of its own. */
public enum Part {
    /** Maker and model: {@code novendor}. */
    VENDOR,
    /** Ratings: {@code norating}. */
    RATING,
    /** Power and current at the output: {@code nooutstats}. */
    OUTSTATS;

    /** The option that leaves it out. */
    public String option() {
        return "no" + name().toLowerCase(Locale.ROOT);
    }
}
