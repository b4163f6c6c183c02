package org.cobnut.drivers.genericups;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.cobnut.driver.Due;
import org.cobnut.driver.Report;
import org.cobnut.driver.Session;
import org.cobnut.link.usb.UsbIdentity;
import org.cobnut.link.usb.UsbLink;
import org.cobnut.model.Outcome;

/** A UPS whose contacts a chip on USB reads. */
final class UsbContacts implements Session {
    static final int INTERRUPT_IN = 0x81;
    static final Duration WAIT = Duration.ofSeconds(1);

    /** Contacts bounce: so many readings may differ from the one before. */
    private static final int MOST = 5;

    private final UsbLink link;
    private final Chip chip;

    /** What one chip does its own way. */
    interface Chip {
        /**
         * Reads the contacts.
         *
         * @return words of ups.status
         * @throws IOException when nothing came, or nothing that makes sense
         */
        Set<String> read(UsbLink link) throws IOException;

        /** Switches the load off; the UPS comes back with the mains. */
        Outcome shutDown(UsbLink link) throws IOException;
    }

    UsbContacts(UsbLink link, Chip chip) {
        this.link = link;
        this.chip = chip;
    }

    @Override
    public void poll(Report report, Due due) throws IOException {
        agreed().forEach(report::status);
        UsbIdentity identity = link.identity();
        report.set("ups.mfr", identity.vendor().orElse("unknown"));
        report.set("ups.model", identity.product().orElse("unknown"));
        identity.serial().ifPresent(serial -> report.set("ups.serial", serial));
        report.set("ups.vendorid", "%04x".formatted(identity.vendorId()));
        report.set("ups.productid", "%04x".formatted(identity.productId()));
        report.command("shutdown.return");
    }

    /** What two readings in a row say. */
    private Set<String> agreed() throws IOException {
        Set<String> before = chip.read(link);
        for (int i = 0; i < MOST; i++) {
            Set<String> now = chip.read(link);
            if (now.equals(before)) return now;
            before = now;
        }
        throw new IOException("the contacts of the UPS do not come to rest");
    }

    @Override
    public Outcome run(String command, String argument) throws IOException {
        boolean known = command.equalsIgnoreCase("shutdown.return") || command.equalsIgnoreCase("shutdown.default");
        return known ? chip.shutDown(link) : Outcome.unknown();
    }

    @Override
    public void close() {
        link.close();
    }
}
