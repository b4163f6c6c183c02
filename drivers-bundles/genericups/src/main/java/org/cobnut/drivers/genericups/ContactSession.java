package org.cobnut.drivers.genericups;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.cobnut.driver.Due;
import org.cobnut.driver.Report;
import org.cobnut.driver.Session;
import org.cobnut.link.SerialLink;
import org.cobnut.model.Outcome;

/** One UPS that speaks by contact closure. */
final class ContactSession implements Session {
    private static final String SHUTDOWN = "shutdown.default";

    /** A break that lasts longer than any character. */
    private static final Duration BREAK = Duration.ofMillis(4901);

    /** Relays bounce: what the lines say counts when they say it twice, so long apart. */
    private static final Duration SETTLE = Duration.ofMillis(30);

    private static final int READINGS = 10;

    private final SerialLink link;
    private final Meaning meaning;
    private final String mfr;
    private final String model;
    private final Optional<String> serial;

    /**
     * What lines mean.
     *
     * @param hold how long the lines of a shutdown are held
     */
    record Meaning(Inputs ol, Inputs lb, Inputs rb, Inputs bypass, Outputs shutdown, Duration hold) {}

    ContactSession(SerialLink link, Meaning meaning, String mfr, String model, Optional<String> serial) {
        this.link = link;
        this.meaning = meaning;
        this.mfr = mfr;
        this.model = model;
        this.serial = serial;
    }

    @Override
    public void poll(Report report, Due due) throws IOException {
        Set<Inputs.Line> now = settled();
        report.status(meaning.ol().hold(now) ? "OL" : "OB");
        tell(report, "LB", meaning.lb(), now);
        tell(report, "RB", meaning.rb(), now);
        tell(report, "BYPASS", meaning.bypass(), now);
        report.set("ups.mfr", mfr);
        report.set("ups.model", model);
        serial.ifPresent(number -> report.set("ups.serial", number));
    }

    private static void tell(Report report, String word, Inputs lines, Set<Inputs.Line> now) {
        if (lines.tell() && lines.hold(now)) report.status(word);
    }

    private Set<Inputs.Line> settled() throws IOException {
        Set<Inputs.Line> before = Inputs.read(link);
        for (int i = 0; i < READINGS; i++) {
            pause(SETTLE);
            Set<Inputs.Line> now = Inputs.read(link);
            if (now.equals(before)) return now;
            before = now;
        }
        throw new IOException("its lines do not settle; is the cable loose?");
    }

    @Override
    public Outcome run(String command, String argument) throws IOException {
        if (!command.equalsIgnoreCase(SHUTDOWN)) return Outcome.unknown();
        Outputs off = meaning.shutdown();
        if (!off.known())
            return Outcome.failed("nobody knows how to switch off a UPS of this type; option 'SD' may tell the lines");
        if (off.pulse()) {
            link.sendBreak(BREAK);
            return Outcome.handled();
        }
        link.dtr(off.dtr());
        link.rts(off.rts());
        pause(meaning.hold());
        return Outcome.handled();
    }

    /** Waits; the device sends nothing that matters. */
    private void pause(Duration wait) throws IOException {
        var unread = new byte[16];
        long deadline = System.nanoTime() + wait.toNanos();
        for (long left = wait.toNanos(); left > 0; left = deadline - System.nanoTime())
            if (link.read(unread, Duration.ofNanos(left)) == 0) return;
    }
}
