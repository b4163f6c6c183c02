package org.cobnut.drivers.optiups;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.cobnut.testkit.serial.SerialSimulator;

/** A PowerES 420E, or a Zinto D. */
final class OptiUnit extends SerialSimulator {
    private final Map<String, String> answers = new ConcurrentHashMap<>(Map.of(
            "IM", "OPTI-UPS",
            "IO", "420E",
            "IS", "1.23",
            "AG", "00",
            "NV", "119",
            "OL", "025",
            "OV", "120",
            "FF", "600",
            "BV", "127"));

    private final boolean zinto;
    private boolean ends;

    private OptiUnit(boolean zinto) {
        this.zinto = zinto;
    }

    static OptiUnit opti() {
        return new OptiUnit(false);
    }

    static OptiUnit zinto() {
        return new OptiUnit(true)
                .says("IM", "ONLINE")
                .says("IO", "D1000")
                .says("IZ", "12345")
                .says("NV", "115")
                .says("OV", "114")
                .says("OF", "500")
                .says("NF", "501")
                .says("BT", "28");
    }

    OptiUnit says(String question, String answer) {
        answers.put(question, answer);
        return this;
    }

    /** The orders that came since the last call. */
    List<String> orders() {
        return requests().stream()
                .filter(request -> request.matches("(C[stu]|Ts|Oi|Om|ON).*"))
                .toList();
    }

    /** Orders have more letters than questions; what ends them is the length, or an end. */
    @Override
    protected int requestLength(String text) {
        if (text.charAt(0) == '\r' || text.charAt(0) == '\n') return 1;
        if (text.length() < 2) return 0;
        int length =
                switch (text.substring(0, 2)) {
                    case "Ct" -> 3;
                    case "Cs", "Cu" -> ends ? 9 : 10;
                    case "Oi", "Om" -> 4;
                    default -> 2;
                };
        return text.length() < length ? 0 : length;
    }

    @Override
    protected List<String> answer(String request) {
        if (request.isBlank()) return List.of();
        if (request.equals("IM")) ends = zinto;
        String answer = answers.get(request);
        if (answer != null) return answer.isEmpty() ? List.of() : List.of(answer + "\r\n");
        return List.of((request.matches("(C[stu]|Ts|Oi|Om|ON).*") ? "\6" : "\25") + "\r\n");
    }
}
