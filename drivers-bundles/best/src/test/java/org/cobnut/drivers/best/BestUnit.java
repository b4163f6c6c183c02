package org.cobnut.drivers.best;

import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.cobnut.testkit.serial.SerialSimulator;

/** A unit that echoes, answers and prompts. */
final class BestUnit extends SerialSimulator {
    private static final int CHECK = 78;

    private final Map<String, String> answers = new HashMap<>(Map.of("time", "Feb 20, 22:13:32", "", ""));

    private BestUnit(String measures) {
        says("f", measures);
    }

    /** A Fortress II LI720. */
    static BestUnit fortress2() {
        return new BestUnit("01131458180100000001000001160116000000230002660000026560000019000000000000E00106")
                .says(
                        "fc",
                        "$010207010600720004701201200911446000570063000240028802150190003??????\\LI720VU\\LI720VU18112\\|")
                .says("d 16", "16 FullLoad% 37");
    }

    /** A Ferrups FE4.3K. */
    static BestUnit ferrups() {
        return new BestUnit("011617064301000100010000020401210000009800118900000579599800010022000000640807")
                .says("fc", "?")
                .says("id", "FERRUPS Uninterruptible Power System\r\nModel:    FE4.3KVA\r\nUnit ID:  FE4.3K02376")
                .says("d 16", "16 FullLoad% 28")
                .says("d 45", "45 RatedVA 4300")
                .says("d 46", "46 RatedW 3000")
                .says("d 65", "65 LoBatV 41.00")
                .says("d 66", "66 NLBatV 44.00")
                .says("d 67", "67 HiBatV 59.60");
    }

    /** A Micro Ferrups ME3.1K. */
    static BestUnit micro() {
        return new BestUnit("011617064301000100010000020401210000009800118900000519599800010022000000640807")
                .says("id", "Unit ID \"ME3.1K12345\"")
                .says("d 16", "16 FullLoad% 28")
                .says("d 29", "29 LowBat   42.00")
                .says("d 31", "31 HiBatt   56.00");
    }

    /** An old Fortress. */
    static BestUnit fortress() {
        return new BestUnit("000000000001000000000000023802370000000200004700000267500000990030000000000301")
                .says("p999=2639", "OK")
                .says("p999=", "OK")
                .says("p1=1", "OK")
                .says("p1=0", "OK")
                .says("p7=190", "OK");
    }

    BestUnit says(String question, String answer) {
        answers.put(question, answer);
        return this;
    }

    /** Lets other digits stand from a column of the measures on. */
    BestUnit at(int column, String digits) {
        String all = answers.getOrDefault("f", "");
        return says("f", all.substring(0, column) + digits + all.substring(column + digits.length()));
    }

    /** The orders that came since the last call. */
    List<String> orders() {
        return requests().stream()
                .filter(request -> request.matches("(pw|o |off|OFF|p\\d).*"))
                .toList();
    }

    @Override
    protected List<String> answer(String request) {
        String question = request.strip();
        String answer = answers.getOrDefault(question, question.isEmpty() ? "" : "?");
        if (question.equals("f")) answer = checked(answer);
        return List.of(question + "\r\r\n", answer + "\r", "\n\r\n=>");
    }

    private static String checked(String digits) {
        int sum = 0;
        for (byte one : HexFormat.of().parseHex(digits.substring(0, CHECK))) sum += one;
        return digits.substring(0, CHECK) + "%02X".formatted(-sum & 0xff);
    }
}
