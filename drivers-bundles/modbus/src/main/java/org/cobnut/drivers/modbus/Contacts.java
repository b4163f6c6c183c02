package org.cobnut.drivers.modbus;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.cobnut.driver.Settings;
import org.cobnut.drivers.modbus.Address.Registers;
import org.cobnut.drivers.modbus.Address.Table;
import org.cobnut.table.Cadence;
import org.cobnut.table.Format;
import org.cobnut.table.Row;

/** Where a section of ups.conf says that the contacts of a UPS are. */
final class Contacts {
    private static final int LAST = 0xffff;

    /** What a contact tells or does; the names of the options begin with these. */
    enum Signal {
        OL("mains are there"),
        OB("the battery is in use"),
        LB("the battery is low"),
        HB("the battery is full"),
        RB("the battery must be replaced"),
        CHRG("the battery is charged"),
        DISCHRG("the battery is discharged"),
        FSD("switching the load off");

        private final String meaning;

        Signal(String meaning) {
            this.meaning = meaning;
        }

        String meaning() {
            return meaning;
        }

        /** The table in which it is when the section does not say. */
        Table usual() {
            return this == FSD ? Table.COIL : Table.DISCRETE;
        }
    }

    /**
     * A contact.
     *
     * @param inverted whether an open contact means yes
     */
    record Contact(Registers address, boolean inverted) {
        /** What is written for yes or no. */
        String raw(boolean yes) {
            return yes == inverted ? "0" : "1";
        }
    }

    private final Map<Signal, Contact> contacts;
    private final String maker;
    private final String model;
    private final OptionalInt pulse;

    private Contacts(Map<Signal, Contact> contacts, String maker, String model, OptionalInt pulse) {
        this.contacts = contacts;
        this.maker = maker;
        this.model = model;
        this.pulse = pulse;
    }

    /** @throws IllegalArgumentException when an option makes no sense; said to the operator */
    static Contacts of(Settings settings) {
        var contacts = new EnumMap<Signal, Contact>(Signal.class);
        for (Signal signal : Signal.values())
            ModbusOptions.number(settings, signal + "_addr")
                    .ifPresent(address -> contacts.put(signal, contact(settings, signal, address)));
        Contact shutdown = contacts.get(Signal.FSD);
        if (shutdown != null && !shutdown.address().table().writable())
            throw new IllegalArgumentException(
                    "option 'FSD_regtype' is 0 (coil) or 3 (holding register): nothing else can be written");
        if (!contacts.containsKey(Signal.OL) && !contacts.containsKey(Signal.OB))
            throw new IllegalArgumentException("options 'OL_addr' and 'OB_addr' are absent: one of them must say which"
                    + " contact tells mains from battery");
        Optional<Integer> pulse =
                ModbusOptions.number(settings, "FSD_pulse_duration").filter(time -> time > 0);
        return new Contacts(
                contacts,
                settings.text("device_mfr").orElse("UNKNOWN"),
                settings.text("device_model").orElse("unknown"),
                pulse.isPresent() ? OptionalInt.of(pulse.get()) : OptionalInt.empty());
    }

    private static Contact contact(Settings settings, Signal signal, int address) {
        String code = settings.text(signal + "_regtype")
                .map(String::strip)
                .orElse(signal.usual().code());
        Table table = Arrays.stream(Table.values())
                .filter(one -> one.code().equals(code))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("option '" + signal + "_regtype' is 0 to 3, not " + code));
        if (address < 0 || address > LAST)
            throw new IllegalArgumentException("option '" + signal + "_addr' is 0 to 65535, not " + address);
        boolean inverted = ModbusOptions.number(settings, signal + "_noro")
                .filter(one -> one == 1)
                .isPresent();
        return new Contact(new Registers(table, address, 1, Address.Type.UNSIGNED, OptionalInt.empty()), inverted);
    }

    String maker() {
        return maker;
    }

    String model() {
        return model;
    }

    /** After how many milliseconds the shutdown contact is let go. */
    OptionalInt pulse() {
        return pulse;
    }

    Optional<Contact> of(Signal signal) {
        return Optional.ofNullable(contacts.get(signal));
    }

    /** Each contact as a value that only the table knows: 1 for yes, 0 for no. */
    List<Row<Address>> rows() {
        var rows = new ArrayList<Row<Address>>();
        contacts.forEach((signal, contact) -> {
            if (signal == Signal.FSD) return;
            Format format = (raw, known) -> Optional.of(raw.equals("0") == contact.inverted() ? "1" : "0");
            rows.add(
                    Row.<Address>field(contact.address(), signal.name(), format).every(Cadence.QUICK));
        });
        return rows;
    }
}
