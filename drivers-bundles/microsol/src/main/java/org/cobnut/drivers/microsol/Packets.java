package org.cobnut.drivers.microsol;

import java.util.List;
import java.util.Map;

/** How a kind of unit lays out the packets that it sends by itself, and the orders that it takes. Bytes are characters. */
interface Packets {
    /** The words of ups.status. */
    String STATUS = "status";

    /** A sentence of ups.alarm; empty for none. */
    String ALARM = "alarm";

    int length();

    /** Whether these characters, as many as a packet has, are one. */
    boolean fits(String packet);

    /** The values in a packet by the names of their variables, and the words behind {@link #STATUS}. */
    Map<String, String> values(String packet);

    /** The variables that it may have. */
    List<String> names();

    /** What makes a unit send; empty for one that always does. */
    String wake();

    static int sum(String bytes) {
        return bytes.chars().sum() & 0xff;
    }
}
