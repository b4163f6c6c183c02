package org.cobnut.drivers.snmp;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cobnut.link.snmp.SnmpValue;

/**
 * Tables whose rows the agent counts in an object of its own, such as upsAlarmsPresent (RFC 1628, upsAlarm): while it counts
 * none, the table is not read. It is read once a minute all the same, for a card may count wrongly. One thread at a time.
 */
final class RowCounts {
    private static final long LONGEST_NANOS = Duration.ofMinutes(1).toNanos();

    private final Map<String, String> counts;
    private final Map<String, Long> reads = new HashMap<>();

    /** @param counts the OIDs of the objects that count, by the columns of their tables */
    RowCounts(Map<String, String> counts) {
        this.counts = counts;
    }

    /** The objects to be read before {@link #none} can tell of these columns. */
    Set<String> objects(Set<String> columns) {
        var objects = new LinkedHashSet<String>();
        for (String column : columns) Optional.ofNullable(counts.get(column)).ifPresent(objects::add);
        return objects;
    }

    /** Whether the table need not be read, having no rows by what the agent said just now. */
    boolean none(String column, Map<String, SnmpValue> values) {
        String count = counts.get(column);
        Long read = reads.get(column);
        if (count == null || read == null || System.nanoTime() - read > LONGEST_NANOS) return false;
        SnmpValue value = values.get(count);
        return value != null && value.text().equals("0");
    }

    /** The table was read, and had rows that a mapping knows or none. */
    void read(String column, boolean empty) {
        if (empty) reads.put(column, System.nanoTime());
        else reads.remove(column);
    }
}
