package org.cobnut.drivers.oldserial;

import java.util.List;
import org.cobnut.testkit.serial.SerialSimulator;

/** An SR-Inet that sends its packet whenever the line is quiet; on line with a full battery. */
final class IsbUnit extends SerialSimulator {
    private final StringBuilder packet = new StringBuilder("&&&.\u0001\u00d7A\u001b00");

    /** Replaces bytes from this place on, behind the head. */
    synchronized IsbUnit with(int at, String bytes) {
        packet.replace(3 + at, 3 + at + bytes.length(), bytes);
        return this;
    }

    @Override
    protected List<String> answer(String request) {
        return List.of();
    }

    @Override
    protected synchronized List<String> idle() {
        return List.of(packet.toString());
    }
}
