package org.cobnut.drivers.bestups;

import java.util.List;
import org.cobnut.testkit.serial.SerialSimulator;

/** A Patriot Pro 750, or another of its family. */
final class BestUnit extends SerialSimulator {
    volatile String status = "(230.0 195.0 230.0 024 50.0 27.1 25.0 00100000";
    volatile String identity = "PRO,750,230,230,20.0,27.6";

    /** The orders that came since the last call. */
    List<String> orders() {
        return requests().stream().filter(request -> request.matches("[CTS].*")).toList();
    }

    @Override
    protected boolean hears(int speed) {
        return speed == 2400;
    }

    @Override
    protected List<String> answer(String request) {
        return switch (request.strip()) {
            case "Q1" -> List.of(status + "\r");
            case "ID" -> identity.isEmpty() ? List.of() : List.of(identity + "\r");
            default -> List.of();
        };
    }
}
