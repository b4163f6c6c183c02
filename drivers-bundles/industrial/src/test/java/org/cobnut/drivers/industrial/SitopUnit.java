package org.cobnut.drivers.industrial;

import java.util.ArrayList;
import java.util.List;
import org.cobnut.testkit.serial.SerialSimulator;

/** A SITOP that says its four words again and again while nobody else says anything. */
final class SitopUnit extends SerialSimulator {
    private volatile List<String> words = List.of("BUFRD", "DC_OK", "*****", "BA>85");

    SitopUnit says(String... now) {
        words = List.of(now);
        return this;
    }

    @Override
    protected int requestLength(String text) {
        return text.indexOf('\n') + 1;
    }

    @Override
    protected List<String> answer(String request) {
        return List.of();
    }

    @Override
    protected List<String> idle() {
        return words;
    }

    /** The letters that came since the last call. */
    List<String> orders() {
        var orders = new ArrayList<>(requests());
        orders.removeIf(String::isEmpty);
        return orders;
    }
}
