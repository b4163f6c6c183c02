package org.cobnut.drivers.masterguard;

import org.cobnut.testkit.serial.AnswerTable;

/** A Masterguard with Q3, or an older unit with Q1 alone. */
final class MasterguardUnit {
    static final String Q1 = "(225.8 225.8 225.8 016 49.9 26.0 25.0 00000000";
    static final String Q3 = "(00 225.8 225.8 225.7 001.6 49.9 2.26 025.0 0045 098 00000000 00000000";

    private MasterguardUnit() {}

    static AnswerTable full() {
        return old().says("Q3", Q3 + "\r").says("WH", wh() + "\r");
    }

    static AnswerTable old() {
        return new AnswerTable("\r").says("Q1", Q1 + "\r");
    }

    private static String wh() {
        return ("0000" + "1.23 " + "0000000" + "Masterguard A700" + " ".repeat(112)).substring(0, 112);
    }
}
