package org.cobnut.drivers.victron;

import java.util.ArrayList;
import java.util.List;
import org.cobnut.testkit.serial.SerialSimulator;

/** A battery monitor, which divides what it tells between two blocks, or an inverter, with one. */
final class VeUnit extends SerialSimulator {
    private final List<List<String>> blocks;
    private int next;

    private VeUnit(List<List<String>> blocks) {
        this.blocks = new ArrayList<>(blocks);
    }

    static VeUnit monitor() {
        return new VeUnit(List.of(
                List.of(
                        "PID\t0xA381",
                        "V\t24340",
                        "T\t26",
                        "I\t-1540",
                        "P\t-37",
                        "SOC\t876",
                        "TTG\t512",
                        "Alarm\tOFF",
                        "FW\t0308"),
                List.of("H1\t-55400", "H18\t1234")));
    }

    static VeUnit inverter() {
        return new VeUnit(List.of(List.of(
                "PID\t0xA2FA",
                "FW\t0121",
                "SER#\tHQ2203ABCDE",
                "MODE\t2",
                "CS\t9",
                "AC_OUT_V\t23001",
                "AC_OUT_I\t12",
                "V\t25600",
                "AR\t0")));
    }

    @Override
    protected int requestLength(String text) {
        return text.indexOf('\n') + 1;
    }

    /** The answer to a ping stands in the middle of a block. */
    @Override
    protected List<String> answer(String request) {
        if (!request.startsWith(":1")) return List.of();
        String block = block();
        return List.of(block.substring(0, 10) + ":51641F9\n" + block.substring(10));
    }

    @Override
    protected synchronized List<String> idle() {
        return List.of(block());
    }

    private synchronized String block() {
        List<String> lines = blocks.get(next);
        next = (next + 1) % blocks.size();
        String text = "\r\n" + String.join("\r\n", lines) + "\r\nChecksum\t";
        return text + (char) (-text.chars().sum() & 0xff);
    }
}
