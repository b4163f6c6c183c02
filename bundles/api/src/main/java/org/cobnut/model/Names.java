package org.cobnut.model;

import java.util.Comparator;

/** Names of variables, commands and UPSes: ASCII, compared without regard to case (nut-names, "Structured naming"). */
public final class Names {
    /** The order of every list that a NUT client sees, and the equality of names. */
    public static final Comparator<String> ORDER = String.CASE_INSENSITIVE_ORDER;

    private Names() {}
}
