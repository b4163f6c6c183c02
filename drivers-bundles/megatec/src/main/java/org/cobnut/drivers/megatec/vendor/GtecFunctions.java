package org.cobnut.drivers.megatec.vendor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cobnut.table.Format;
import org.cobnut.table.Known;
import org.cobnut.table.Words;

/** Gtec units, which tell their state by letters, as many as are true. */
final class GtecFunctions {
    private static final Map<Character, String> STATUS = Map.of(
            'B', "LB",
            'C', "BYPASS",
            'F', "FSD",
            'N', "OVER");

    private static final Map<Character, String> ALARMS = Map.of(
            'D', "UPS failed",
            'F', "Shutdown imminent!",
            'G', "site fault",
            'H', "EEPROM failure");

    private static final Map<Character, String> TESTS = Map.of(
            'E', "in progress",
            'I', "passed",
            'J', "failed",
            'K', "not possible",
            'L', "unknown");

    static final Map<String, Format> FORMATS = Map.of("gtec-test", GtecFunctions::test);

    static final Map<String, Words> WORDS =
            Map.of("gtec-status", GtecFunctions::status, "gtec-alarms", raw -> said(ALARMS, raw));

    private GtecFunctions() {}

    /** Without a letter for mains or battery the output is off. */
    private static List<String> status(String letters) {
        var words = new ArrayList<String>();
        if (letters.indexOf('A') >= 0) words.add("OB");
        else if (letters.indexOf('M') >= 0 || letters.indexOf('C') >= 0) words.add("OL");
        else words.add("OFF");
        words.addAll(said(STATUS, letters));
        return words;
    }

    private static Optional<String> test(String letters, Known known) {
        List<String> results = said(TESTS, letters);
        return results.isEmpty() ? Optional.empty() : Optional.of(results.get(0));
    }

    private static List<String> said(Map<Character, String> meanings, String letters) {
        var words = new ArrayList<String>();
        for (int i = 0; i < letters.length(); i++) {
            String word = meanings.get(letters.charAt(i));
            if (word != null) words.add(word);
        }
        return words;
    }
}
