package org.cobnut.drivers.powervar;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cobnut.testkit.serial.SerialSimulator;

/** An UPM whose values orders change. */
final class PowervarUnit extends SerialSimulator {
    /** Names and values of each group. */
    private final Map<String, Map<String, String>> groups = new LinkedHashMap<>();

    PowervarUnit() {
        group("PID", "PROT CUSPP VER 1.2 UID 1 BAT 1 INP 1 OUT 1 ALM 1 TST 1 SET 1 SYS 1 EVT 1");
        group("UID", "MANUF Powervar MODEL UPM1500 SWVER 2.10 SERNUM 1234-163001 FAMILY UPM MFGDT 20240131");
        group("BAT", "STATUS 2 TMLEFT 25 ESTCRG 100 VOLT 27.3 TEMP 26");
        group("INP", "STATUS 0 FREQ 60.0 VOLT 121.3 MAXVLT 124.0 MINVLT 118.2 AMP 2.5");
        group("OUT", "SOURCE 1 FREQ 60.0 VOLT 120.8 AMP 2.4 PERCNT 21");
        group("SYS", "INVOLT 120 INFRQ 60 OUTVLT 120 OUTFRQ 60 BATDTE 202401 OVRLOD 105 OUTVA 1500 BTSTDY 14");
        group("SET", "AUDIBL 1 ATOSRT 1 OFFNOW 0 OFFDLY 0 SRTDLY 0 OFFSTP 0 RSTINP 0");
        group("ALM", "ONBAT 0 LOWBAT 0 BADBAT 0 TEMP 0 OVRLOD 0 TSTBAD 0 TESTNG 0");
        group("TST", "TIMERM 0 ABORT 0 BATQCK 0 BATDEP 0 DISP 0");
        group("EVT", "UPTIME 86400");
    }

    private void group(String name, String pairs) {
        String[] words = pairs.split(" ");
        var values = new LinkedHashMap<String, String>();
        for (int i = 0; i < words.length; i += 2) values.put(words[i], words[i + 1]);
        groups.put(name, values);
    }

    PowervarUnit with(String group, String name, String value) {
        groups.get(group).put(name, value);
        return this;
    }

    PowervarUnit without(String group, String... names) {
        groups.get(group).keySet().removeAll(List.of(names));
        return this;
    }

    String value(String group, String name) {
        return groups.get(group).getOrDefault(name, "");
    }

    /** The orders that came since the last call. */
    List<String> orders() {
        var orders = new ArrayList<>(requests());
        orders.removeIf(request -> !request.contains(".W="));
        return orders;
    }

    @Override
    protected List<String> answer(String request) {
        String question = request.strip();
        if (question.isEmpty()) return List.of();
        return List.of(said(question) + "\r\n");
    }

    String said(String question) {
        String[] words = question.split("[.=]");
        Map<String, String> group = groups.get(words[0]);
        if (group == null) return "?";
        if (question.endsWith(".FORMAT"))
            return question + "="
                    + String.join(
                            ";",
                            group.keySet().stream().map(name -> name + ".R").toList());
        if (question.contains(".W=")) {
            if (!group.containsKey(words[1])) return "?";
            group.put(words[1], words[3]);
            return question;
        }
        if (words.length > (words[0].equals("INP") ? 2 : 1)) return "?";
        return question + "=" + String.join(";", group.values());
    }
}
