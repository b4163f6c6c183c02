package org.cobnut.drivers.powercom;

import java.util.ArrayList;
import java.util.List;
import org.cobnut.testkit.serial.SerialSimulator;

/** A unit of one type; every byte but the question is part of an order. */
final class PowercomUnit extends SerialSimulator {
    private final int[] answer;
    private final List<String> orders = new ArrayList<>();

    private PowercomUnit(int... answer) {
        this.answer = answer;
    }

    static PowercomUnit trust() {
        return new PowercomUnit(12, 204, 120, 121, 95, 0, 95, 0, 0, 0, 0);
    }

    /** A KIN-1500AP for 230 V. */
    static PowercomUnit kin() {
        return new PowercomUnit(30, 200, 140, 141, 96, 0x80, 96, 0, 0, 0, 0, 0x4B, 0x89, 0, 0, 0);
    }

    /** An IMP-1025AP for 220 V. */
    static PowercomUnit imp() {
        return new PowercomUnit(25, 98, 110, 111, 50, 0xFF, 50, 0, 0, 0, 0, 0, 0x58, 0, 0, 0);
    }

    /** A BNT-1000AP for 230 V. */
    static PowercomUnit bnt() {
        return new PowercomUnit(30, 190, 115, 116, 96, 0x80, 96, 0, 0, 0, 0, 0x42, 0x69, 0, 0, 120);
    }

    PowercomUnit with(int at, int value) {
        answer[at] = value;
        return this;
    }

    /** The bytes of orders that came since the last call. */
    String orders() {
        String all = String.join(" ", orders);
        orders.clear();
        return all;
    }

    @Override
    protected int requestLength(String text) {
        return 1;
    }

    @Override
    protected List<String> answer(String request) {
        if (!request.equals("\1")) {
            orders.add("%02x".formatted((int) request.charAt(0)));
            return List.of();
        }
        var text = new StringBuilder();
        for (int one : answer) text.append((char) one);
        return List.of(text.toString());
    }
}
