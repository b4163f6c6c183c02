package org.cobnut.drivers.oldserial;

import java.util.List;
import org.cobnut.testkit.serial.SerialSimulator;

/** A solar charger on a battery of 12 V, while the sun shines. */
final class IvtUnit extends SerialSimulator {
    private volatile String begin = "12.10;1.9;";

    IvtUnit with(String volts, String amperes) {
        begin = volts + ";" + amperes + ";";
        return this;
    }

    @Override
    protected int requestLength(String text) {
        return 1;
    }

    @Override
    protected List<String> answer(String request) {
        return request.equals("F") ? List.of("R:" + begin + "16;11.84;14.02;-2.4;2.2;\r\n") : List.of();
    }
}
