package org.cobnut.link.snmp.agent;

import java.util.Optional;
import org.cobnut.link.snmp.SnmpObject;
import org.cobnut.link.snmp.SnmpValue;

/** How values stand in a transcript. */
final class Notation {
    static final String GET = "get ";
    static final String NEXT = "next ";
    static final String WALK = "walk ";
    static final String SET = "set ";
    static final String ABSENT = "absent";
    static final String SILENT = "silent";
    static final String DONE = "done";
    static final String REFUSED = "refused ";

    private Notation() {}

    static String value(SnmpValue value) {
        return value.type() + " " + value.text();
    }

    static String object(SnmpObject object) {
        return object.oid() + " " + value(object.value());
    }

    /** The value that a line says; empty for a line that says none. */
    static Optional<SnmpValue> value(String line) {
        String[] words = line.split(" ", 2);
        for (SnmpValue.Type type : SnmpValue.Type.values())
            if (words.length == 2 && type.name().equals(words[0])) return Optional.of(new SnmpValue(type, words[1]));
        return Optional.empty();
    }

    static Optional<SnmpObject> object(String line) {
        String[] words = line.split(" ", 2);
        if (words.length < 2) return Optional.empty();
        return value(words[1]).map(value -> new SnmpObject(words[0], value));
    }
}
