package org.cobnut.drivers.powerpanel;

import java.util.ArrayList;
import java.util.List;

/**
 * The bits of a status.
 *
 * @param onBattery set without mains, and during a test
 */
record StatusFlags(int onBattery, int low, int test) {
    /** Words of ups.status from the flags and both voltages, with a blank between them. */
    List<String> words(String raw) {
        String[] parts = raw.split(" ");
        int flags = Integer.parseInt(parts[0]);
        var words = new ArrayList<String>();
        words.add((flags & onBattery) != 0 ? "OB" : "OL");
        if ((flags & low) != 0) words.add("LB");
        if ((flags & (onBattery | test)) == 0)
            Regulation.word(Double.parseDouble(parts[1]), Double.parseDouble(parts[2]))
                    .ifPresent(words::add);
        if ((flags & test) != 0) words.add("TEST");
        if (flags == 0) words.add("OFF");
        return words;
    }
}
