package org.cobnut.drivers.oneac;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cobnut.testkit.serial.SerialSimulator;

/** An Oneac unit of one family. */
final class OneacUnit extends SerialSimulator {
    private final Map<String, String> answers = new HashMap<>();

    private OneacUnit(String family) {
        says("F", family).says("N", "1.9").says("%", family.equals("EG") ? all().substring(0, 22) : all());
    }

    static OneacUnit eg() {
        return new OneacUnit("EG");
    }

    static OneacUnit on() {
        return new OneacUnit("ON");
    }

    static OneacUnit oz() {
        return new OneacUnit("OZ")
                .says("&", measures())
                .says("^", identity())
                .says("+", "230115")
                .says("[", "096")
                .says("]", "140")
                .says("[=?", "090,140,20")
                .says("_", "0010")
                .says("_?", "0000")
                .says("}", ".....")
                .says("\"", "05")
                .says("<?", "0")
                .says("\u0007?", "1");
    }

    private static String all() {
        return filled(
                48, 0, "ONEAC", 7, "1.9", 10, "Y", 12, "@", 13, ".", 15, "...", 20, "60", 26, "1", 27, "Y", 31, "25",
                33, "87", 35, "121", 38, "118", 41, "124", 44, "120", 47, "N");
    }

    private static String measures() {
        return filled(79, 13, "31", 19, "0042", 29, "0273", 42, "600", 57, "00450", 73, "025", 76, "600");
    }

    private static String identity() {
        return filled(
                92, 5, "ONm1000   ", 18, "12345678", 38, "210412", 44, "230115", 55, "00800", 73, "096", 76, "140");
    }

    /** @param parts columns, each with what stands there */
    private static String filled(int length, Object... parts) {
        var text = new StringBuilder("0".repeat(length));
        for (int i = 0; i < parts.length; i += 2) {
            int column = (Integer) parts[i];
            String part = (String) parts[i + 1];
            text.replace(column, column + part.length(), part);
        }
        return text.toString();
    }

    OneacUnit says(String question, String answer) {
        answers.put(question, answer);
        return this;
    }

    /** Lets other text stand from a column on in what it says of itself. */
    OneacUnit at(int column, String text) {
        String all = answers.getOrDefault("%", "");
        return says("%", all.substring(0, column) + text + all.substring(column + text.length()));
    }

    /** The orders that came since the last call. */
    List<String> orders() {
        return requests().stream()
                .filter(request -> !request.isBlank() && !answers.containsKey(request))
                .toList();
    }

    @Override
    protected int requestLength(String text) {
        if (text.startsWith("\u000f\u0006")) return 2;
        return text.indexOf('\n') + 1;
    }

    @Override
    protected List<String> answer(String request) {
        String answer = answers.get(request.strip());
        return answer == null ? List.of() : List.of(answer + "\r\n");
    }
}
