package org.cobnut.drivers.nhs;

import java.util.List;
import org.cobnut.testkit.serial.SerialSimulator;

/** A UPS of NHS: it sends readings by itself, and what it is when it is asked. */
final class NhsUps extends SerialSimulator {
    private static final int REQUEST = 9;

    private final boolean serial;
    private int status;
    private int input = 127;

    /** @param serial whether it answers with its serial number */
    NhsUps(boolean serial) {
        this.serial = serial;
    }

    /** The status byte and the input voltage from now on. */
    NhsUps now(int bits, int volts) {
        status = bits;
        input = volts;
        return this;
    }

    @Override
    protected int requestLength(String text) {
        return text.length() < REQUEST ? 0 : REQUEST;
    }

    @Override
    protected List<String> answer(String request) {
        return List.of(hardware(request.charAt(3) == 0x83 && serial), data());
    }

    @Override
    protected List<String> idle() {
        return List.of(data());
    }

    String data() {
        return sealed("\u00ff\u0015D" + (char) input + "\u0005\r\u0005\u0019x\0\u0082\0s\0!\u0005\u0002" + (char) status
                + "\0");
    }

    private static String hardware(boolean withSerial) {
        String head = "\u00ff" + (char) (withSerial ? 50 : 18) + "S!\u0002\u0007\0\u0002"
                + "Z\u0091\u00b4\u00ffs\u00dc \u0019";
        if (!withSerial) return sealed(head);
        return sealed(head + "NHS-2024-0000042" + "\u0018\u0001\u0002\u0003\u0004\u0005".repeat(2) + "\0".repeat(4));
    }

    /** Puts the sum and the end behind it. */
    private static String sealed(String bytes) {
        return bytes + (char) (bytes.substring(1).chars().sum() & 0xff) + "\u00fe";
    }
}
