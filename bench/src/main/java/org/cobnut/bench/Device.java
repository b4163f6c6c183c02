package org.cobnut.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/** The device that all servers serve: 78 variables, those counted that dummy-ups adds by itself. */
final class Device {
    static final int VARIABLES = 78;
    private static final int DRIVERS_OWN = 18;

    private Device() {}

    /** As dummy-ups reads it. */
    static String file() {
        var text = new StringBuilder();
        variables()
                .forEach((name, value) ->
                        text.append(name).append(": ").append(value).append('\n'));
        return text.toString();
    }

    /** As a driver tells it to upsd when asked for all. */
    static String dump() {
        var text = new StringBuilder();
        variables().forEach((name, value) -> text.append("SETINFO ")
                .append(name)
                .append(" \"")
                .append(value)
                .append("\"\n"));
        return text.append("DATAOK\nDUMPDONE\n").toString();
    }

    private static Map<String, String> variables() {
        var variables = new LinkedHashMap<String, String>();
        variables.put("ups.status", "OL");
        variables.put("battery.charge", "100");
        variables.put("ups.id", "0");
        for (int i = variables.size(); i < VARIABLES - DRIVERS_OWN; i++)
            variables.put("outlet." + i + ".desc", "Outlet number " + i);
        return variables;
    }
}
