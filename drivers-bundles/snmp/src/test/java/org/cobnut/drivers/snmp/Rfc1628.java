package org.cobnut.drivers.snmp;

import java.util.Map;
import java.util.TreeMap;
import org.cobnut.snmp.testkit.SnmpRecording;
import org.snmp4j.smi.Variable;

/** Objects of UPSes of our own making. */
final class Rfc1628 {
    static final String BASE = "1.3.6.1.2.1.33";

    private Rfc1628() {}

    /** One phase, on line, with a battery test and shutdown timers. */
    static Map<String, Variable> onLine() {
        return new TreeMap<>(SnmpRecording.parse(text()));
    }

    /** The same, as lines of a recording. */
    static String text() {
        return """
                1.3.6.1.2.1.1.1.0|4|A card
                1.3.6.1.2.1.1.2.0|6|1.3.6.1.2.1.33
                1.3.6.1.2.1.1.4.0|4|somebody
                1.3.6.1.2.1.33.1.1.1.0|4|Acme
                1.3.6.1.2.1.33.1.1.2.0|4|Rack 3000
                1.3.6.1.2.1.33.1.2.1.0|2|2
                1.3.6.1.2.1.33.1.2.3.0|2|17
                1.3.6.1.2.1.33.1.2.4.0|2|93
                1.3.6.1.2.1.33.1.2.5.0|2|548
                1.3.6.1.2.1.33.1.2.6.0|2|-1
                1.3.6.1.2.1.33.1.3.2.0|2|1
                1.3.6.1.2.1.33.1.3.3.1.3.1|2|231
                1.3.6.1.2.1.33.1.4.1.0|2|3
                1.3.6.1.2.1.33.1.4.3.0|2|1
                1.3.6.1.2.1.33.1.4.4.1.2.1|2|230
                1.3.6.1.2.1.33.1.4.4.1.5.1|2|41
                1.3.6.1.2.1.33.1.6.1.0|66|0
                1.3.6.1.2.1.33.1.7.1.0|6|1.3.6.1.2.1.33.1.7.7.1
                1.3.6.1.2.1.33.1.7.2.0|2|5
                1.3.6.1.2.1.33.1.7.3.0|2|6
                1.3.6.1.2.1.33.1.8.2.0|2|-1
                1.3.6.1.2.1.33.1.8.3.0|2|-1
                1.3.6.1.2.1.33.1.9.8.0|2|2
                1.3.6.1.2.1.33.1.9.9.0|2|196
                """;
    }

    /** Three phases. */
    static Map<String, Variable> threePhases() {
        Map<String, Variable> objects = onLine();
        objects.putAll(SnmpRecording.parse("""
                1.3.6.1.2.1.33.1.3.2.0|2|3
                1.3.6.1.2.1.33.1.3.3.1.3.2|2|232
                1.3.6.1.2.1.33.1.3.3.1.3.3|2|233
                1.3.6.1.2.1.33.1.4.3.0|2|3
                1.3.6.1.2.1.33.1.4.4.1.5.2|2|42
                1.3.6.1.2.1.33.1.4.4.1.5.3|2|43
                """));
        return objects;
    }
}
