package org.cobnut.drivers.liebertesp2;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cobnut.testkit.serial.SerialSimulator;

/** A GXT2-1000RT230, or an NXe of 20 kVA with three phases. */
final class EspUnit extends SerialSimulator {
    private final Map<String, Integer> words = new TreeMap<>();
    private final boolean repeats;

    private EspUnit(boolean repeats) {
        this.repeats = repeats;
    }

    /** @param repeats whether its answers say what they answer */
    static EspUnit small(boolean repeats) {
        EspUnit unit = common(repeats, "GXT2-1000RT230", 1, 1, 0);
        unit.set("131.2", 1)
                .set("149.8", 500)
                .set("149.9", 500)
                .set("149.10", 500)
                .set("161.9", 500)
                .set("161.10", 500);
        unit.set("161.8", 1000)
                .set("149.7", 17)
                .set("149.6", 186)
                .set("149.5", 111)
                .set("144.3", 2304)
                .set("144.4", 8);
        return unit.set("144.1", 2298).set("144.5", 2297).set("144.6", 0);
    }

    static EspUnit threePhase() {
        EspUnit unit = common(true, "Liebert NX", 3, 3, 0x20);
        unit.set("131.2", 2)
                .set("149.8", 5000)
                .set("149.9", 5001)
                .set("149.10", 5000)
                .set("161.9", 5000);
        unit.set("161.10", 5000).set("161.8", 200);
        for (int line = 0; line < 3; line++) {
            String group = Integer.toString(144 + line);
            unit.set(group + ".1", 2359 + line).set(group + ".2", 50 + line).set(group + ".3", 2308 + line);
            unit.set(group + ".5", 2300 + line).set(group + ".6", line).set(group + ".14", 21 + line);
            unit.set(group + ".21", 10 + line).set(group + ".22", 14 + line).set(group + ".24", 19 + line);
        }
        return unit;
    }

    private static EspUnit common(boolean repeats, String model, int in, int out, int type) {
        var unit = new EspUnit(repeats);
        unit.text(4, 15, model)
                .text(19, 8, "GXT2MR15D")
                .text(27, 10, "0428100126AF041")
                .text(37, 4, "12OCT04");
        unit.set("136.1", type * 256 + out * 16 + in);
        unit.set("148.1", 0x0002).set("148.2", 2).set("148.3", 0);
        unit.set("149.1", 138)
                .set("149.2", 549)
                .set("149.3", 0)
                .set("161.13", 552)
                .set("149.12", 203);
        return unit.set("149.14", 290).set("161.4", 0).set("161.14", 2);
    }

    synchronized EspUnit set(String question, int word) {
        words.put(question, word & 0xffff);
        return this;
    }

    private EspUnit text(int first, int count, String text) {
        for (int i = 0; i < count; i++) {
            int low = 2 * i < text.length() ? text.charAt(2 * i) : 0;
            int high = 2 * i + 1 < text.length() ? text.charAt(2 * i + 1) : 0;
            set("136." + (first + i), high * 256 + low);
        }
        return this;
    }

    @Override
    protected int requestLength(String text) {
        if (text.charAt(0) != 1) return 1;
        return text.length() < 3 || text.length() < text.charAt(2) + 4 ? 0 : text.charAt(2) + 4;
    }

    @Override
    protected synchronized List<String> answer(String request) {
        if (request.length() < 6) return List.of();
        String body = request.substring(0, request.length() - 1);
        if (request.charAt(request.length() - 1) != EspProtocol.sum(body)) return List.of();
        Integer word = words.get((int) request.charAt(1) + "." + (int) request.charAt(4));
        if (request.charAt(1) == 156) word = 0;
        if (word == null) return List.of();
        String answer =
                "\1" + (repeats ? request.substring(1, 2) : "\210") + "\4\1" + (repeats ? request.charAt(4) : '\1');
        answer += "" + (char) (word >> 8) + (char) (word & 0xff);
        return List.of(answer + EspProtocol.sum(answer));
    }
}
