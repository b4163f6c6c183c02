package org.cobnut.drivers.liebert;

import java.util.List;
import org.cobnut.testkit.serial.SerialSimulator;

/** Sends back what it hears while it is on battery. */
final class MultiLinkUps extends SerialSimulator {
    volatile boolean onBattery;

    @Override
    protected int requestLength(String text) {
        return 1;
    }

    @Override
    protected List<String> answer(String request) {
        return onBattery ? List.of(request) : List.of();
    }
}
