package org.cobnut.drivers.liebert;

import java.io.IOException;
import java.time.Duration;
import org.cobnut.driver.Due;
import org.cobnut.driver.Report;
import org.cobnut.driver.Session;
import org.cobnut.link.SerialLink;
import org.cobnut.model.Outcome;

/** A UPS that joins our two data lines while it is on battery, and raises Data Carrier Detect when the battery is low. */
final class MultiLinkSession implements Session {
    private static final byte PROBE = 0x55;

    /** A byte needs 1 ms for the way, and an adapter for USB some 20 ms. */
    private static final Duration WAIT = Duration.ofMillis(300);

    private final SerialLink line;
    private final String maker;
    private final String model;
    private Debounce onBattery = Debounce.OPEN;
    private Debounce low = Debounce.OPEN;

    MultiLinkSession(SerialLink line, String maker, String model) {
        this.line = line;
        this.maker = maker;
        this.model = model;
    }

    @Override
    public void poll(Report report, Due due) throws IOException {
        onBattery = onBattery.look(comesBack());
        low = low.look(line.dcd());
        report.set("ups.mfr", maker);
        report.set("ups.model", model);
        report.status(onBattery.state() ? "OB" : "OL");
        if (low.state()) report.status("LB");
    }

    /** The cable has no wire that switches a UPS off. */
    @Override
    public Outcome run(String command, String argument) {
        return command.equalsIgnoreCase("shutdown.default")
                ? Outcome.failed("a UPS on a MultiLink cable cannot be switched off")
                : Outcome.unknown();
    }

    @Override
    public void close() {
        line.close();
    }

    /** Whether the byte that is sent comes back; what else is on the line says nothing. */
    private boolean comesBack() throws IOException {
        var bytes = new byte[16];
        line.discard();
        line.write(new byte[] {PROBE});
        int count = line.read(bytes, WAIT);
        return count > 0 && bytes[count - 1] == PROBE;
    }
}
