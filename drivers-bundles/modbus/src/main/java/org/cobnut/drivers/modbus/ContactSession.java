package org.cobnut.drivers.modbus;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.cobnut.driver.Due;
import org.cobnut.driver.Report;
import org.cobnut.driver.Session;
import org.cobnut.drivers.modbus.Contacts.Contact;
import org.cobnut.drivers.modbus.Contacts.Signal;
import org.cobnut.model.Outcome;
import org.cobnut.table.Row;
import org.cobnut.table.TableSession;

/** One UPS of which only contacts are known. */
final class ContactSession implements Session {
    private static final String CHARGER = "battery.charger.status";
    private static final String OFF = "load.off";

    private final Contacts contacts;
    private final TableSession<Address> table;

    ContactSession(Contacts contacts, TableSession<Address> table) {
        this.contacts = contacts;
        this.table = table;
    }

    @Override
    public void poll(Report report, Due due) throws IOException {
        table.read(due);
        report.set("device.mfr", contacts.maker());
        report.set("device.model", contacts.model());
        if (contacts.of(Signal.FSD).isPresent()) report.command(OFF);
        boolean online = is(Signal.OL).orElseGet(() -> !is(Signal.OB).orElse(false));
        report.status(online ? "OL" : "OB");
        charge(report, online);
        if (is(Signal.LB).orElse(false)) {
            report.status("LB");
            report.alarm("Low Battery (Charge)");
        }
        if (is(Signal.RB).orElse(false)) {
            report.status("RB");
            report.alarm("Replace Battery");
        }
    }

    /** What no contact tells follows from the mains and from a contact for a full battery. */
    private void charge(Report report, boolean online) {
        Optional<Boolean> full = is(Signal.HB);
        boolean discharging =
                is(Signal.DISCHRG).orElse(!online) && (is(Signal.CHRG).isEmpty() || !online);
        boolean charging = is(Signal.CHRG).orElse(online && full.isPresent() && !full.get());
        if (full.orElse(false)) report.status("HB");
        if (charging) state(report, "CHRG", "charging");
        else if (discharging) state(report, "DISCHRG", "discharging");
        else if (full.orElse(false)) report.set(CHARGER, "resting");
    }

    private static void state(Report report, String word, String charger) {
        report.status(word);
        report.set(CHARGER, charger);
    }

    private Optional<Boolean> is(Signal signal) {
        return table.known().value(signal.name()).map("1"::equals);
    }

    @Override
    public Outcome run(String command, String argument) throws IOException {
        Optional<Contact> shutdown = contacts.of(Signal.FSD);
        boolean known = command.equalsIgnoreCase(OFF) || command.equalsIgnoreCase("shutdown.default");
        if (!known || shutdown.isEmpty()) return Outcome.unknown();
        Outcome outcome = write(shutdown.get(), true);
        if (contacts.pulse().isEmpty() || outcome.code() != Outcome.Code.HANDLED) return outcome;
        try {
            TimeUnit.MILLISECONDS.sleep(contacts.pulse().getAsInt());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the shutdown contact is still closed: the wait was ended");
        }
        return write(shutdown.get(), false);
    }

    private Outcome write(Contact contact, boolean yes) throws IOException {
        return table.write(
                Row.setting(OFF, contact.address(), known -> Optional.empty(), (text, known) -> text),
                contact.raw(yes));
    }

    @Override
    public void close() {
        table.close();
    }
}
