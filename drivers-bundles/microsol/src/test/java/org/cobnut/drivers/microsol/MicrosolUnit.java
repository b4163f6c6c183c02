package org.cobnut.drivers.microsol;

import java.util.Arrays;
import java.util.List;
import org.cobnut.testkit.serial.SerialSimulator;

/** A unit that sends its packet whenever the line is quiet; those of 25 bytes once they were woken. */
final class MicrosolUnit extends SerialSimulator {
    private final int[] packet;
    private boolean awake;

    private MicrosolUnit(int length, int model) {
        packet = new int[length];
        packet[0] = model;
        awake = length == 37;
    }

    /** On line at 220 V with a full battery. */
    static MicrosolUnit solis(int model) {
        return new MicrosolUnit(25, model)
                .with(1, 140)
                .with(2, 120)
                .with(3, 190)
                .with(4, 30)
                .with(5, 20)
                .with(6, 180)
                .with(7, 200)
                .with(18, 8)
                .with(20, 0x49)
                .with(21, 1695 % 256)
                .with(22, 1695 / 256);
    }

    static MicrosolUnit apc(int model) {
        return solis(model)
                .with(6, 0x08)
                .with(22, 95)
                .with(20, 0x4B)
                .with(3, 180)
                .with(5, 22);
    }

    static MicrosolUnit rhino() {
        return new MicrosolUnit(37, 0xC1)
                .with(2, 220)
                .with(9, 600 % 256)
                .with(10, 600 / 256)
                .with(11, 115)
                .with(13, 200)
                .with(20, 150)
                .with(23, 35)
                .with(33, 0x06);
    }

    synchronized MicrosolUnit with(int at, int value) {
        packet[at] = value;
        return this;
    }

    /** The bytes of orders that came since the last call, in hexadecimal. */
    List<String> orders() {
        return requests().stream()
                .filter(request -> !request.startsWith("\u00cc") && !request.isEmpty())
                .map(request -> Integer.toHexString(request.charAt(0)))
                .toList();
    }

    @Override
    protected int requestLength(String text) {
        if (packet.length == 25) return text.charAt(0) == 0xCC ? text.indexOf('\r') + 1 : 1;
        return text.length() < 19 ? 0 : 19;
    }

    @Override
    protected List<String> answer(String request) {
        awake |= request.startsWith("\u00cc");
        return List.of();
    }

    @Override
    protected synchronized List<String> idle() {
        if (!awake) return List.of();
        int sum = packet.length == 25 ? 23 : 36;
        packet[sum] = Arrays.stream(packet, 0, sum).sum() & 0xff;
        if (packet.length == 25) packet[24] = 0xFE;
        var text = new StringBuilder();
        for (int one : packet) text.append((char) one);
        return List.of(text.toString());
    }
}
