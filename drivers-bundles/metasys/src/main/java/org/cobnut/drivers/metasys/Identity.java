package org.cobnut.drivers.metasys;

import org.cobnut.table.UnfitAnswerException;

/** What a UPS is. */
record Identity(Model model, String firmware, String serial) {
    static final int COMMAND = 0x00;

    private static final int SERIAL = 7;
    private static final int SERIAL_END = 19;

    /** Reads the answer, of which the command is byte 0. */
    static Identity of(String answer) throws UnfitAnswerException {
        if (answer.length() < SERIAL) throw new UnfitAnswerException("its identity is too short");
        return new Identity(
                Model.of(10 * answer.charAt(1) + answer.charAt(2)),
                (int) answer.charAt(5) + "." + (int) answer.charAt(6),
                answer.substring(SERIAL, Math.min(SERIAL_END, answer.length()))
                        .replaceAll("[^\\x20-\\x7e]", "")
                        .strip());
    }
}
