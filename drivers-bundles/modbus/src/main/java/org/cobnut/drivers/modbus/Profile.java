package org.cobnut.drivers.modbus;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.cobnut.link.SerialParameters;

/**
 * What the devices of one driver have in common beside their registers.
 *
 * @param mapping the name of the mapping file
 * @param unit of the device, unless the section says otherwise
 * @param lines how a serial line may be set; the first at which the device answers counts
 * @param response how long it may take for a response
 * @param several whether one register too is written by the function for several
 * @param longest the most registers that it gives at once
 * @param presets options of the section by the variables whose first value they are
 */
record Profile(
        String mapping,
        int unit,
        List<SerialParameters> lines,
        Duration response,
        boolean several,
        int longest,
        Map<String, String> presets) {
    private static final int MOST = 120;

    Profile {
        lines = List.copyOf(lines);
        presets = Map.copyOf(presets);
    }

    /** 9600 8N1, half a second for a response as libmodbus has, single registers written one by one. */
    static Profile of(String mapping, int unit) {
        return new Profile(
                mapping, unit, List.of(SerialParameters.at(9600)), Duration.ofMillis(500), false, MOST, Map.of());
    }

    Profile lines(SerialParameters... possible) {
        return new Profile(mapping, unit, List.of(possible), response, several, longest, presets);
    }

    Profile response(Duration time) {
        return new Profile(mapping, unit, lines, time, several, longest, presets);
    }

    Profile writingSeveral() {
        return new Profile(mapping, unit, lines, response, true, longest, presets);
    }

    Profile presets(Map<String, String> options) {
        return new Profile(mapping, unit, lines, response, several, longest, options);
    }
}
