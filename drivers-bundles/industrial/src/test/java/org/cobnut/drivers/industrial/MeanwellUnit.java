package org.cobnut.drivers.industrial;

import org.cobnut.testkit.serial.AnswerTable;

/** An NTU-1200-124. */
final class MeanwellUnit extends AnswerTable {
    MeanwellUnit() {
        super("\r");
        says("I", "#00.0 00.0 22.0 20.0 00.0 MEANWELL LOC-0123456789 REV:01.8 NTU-1200-124 1 00/00/0000\r");
        measures("000 025 27.6 100 31.5 231 00.0 000 000", 1, 2, 3);
    }

    /** @param bits those that are set */
    MeanwellUnit measures(String fields, int... bits) {
        var all = new StringBuilder("0000000000000000000");
        for (int bit : bits) all.setCharAt(bit, '1');
        says("Q", "(" + fields + " " + all + "\r");
        return this;
    }
}
