package org.cobnut.drivers.megatec.dialect;

import static org.cobnut.drivers.megatec.dialect.Rows.field;
import static org.cobnut.drivers.megatec.wire.Address.REST;
import static org.cobnut.table.Format.text;

import java.util.List;
import java.util.Optional;
import org.cobnut.drivers.megatec.wire.Address;
import org.cobnut.drivers.megatec.wire.Query;
import org.cobnut.table.Format;
import org.cobnut.table.Row;

/**
 * Who made a UPS: the answer to I, in one of two layouts that are in the field. Nothing says which it is, so what the
 * columns hold decides: only the later one has a number for the runtime and, close to the maker, a serial number.
 */
public final class Identity {
    // #MMMMMMMMMMMMMMM DDDDDDDDDD VVVVVVVVVV   maker, model, firmware
    // #MMMMMMMSSSSSSSS DDDDDRRRRR VVVVVVVVVV   maker, serial number, model, runtime, firmware
    // 01234567890123456789012345678901234567
    // 0         1         2         3
    private static final int SERIAL = 8;
    private static final int MODEL = 17;
    private static final int RUNTIME = 22;
    private static final int FIRMWARE = 28;

    private Identity() {}

    /** The rows of a question that is asked once. */
    public static List<Row<Address>> rows(Query q) {
        return List.of(
                field(q, 1, REST, "device.mfr", maker()),
                field(q, 1, REST, "ups.serial", serial()),
                field(q, 1, REST, "device.model", model()),
                field(q, FIRMWARE, REST, "ups.firmware", text()));
    }

    public static Format maker() {
        return either(1, 7, 15);
    }

    public static Format serial() {
        return later(SERIAL, 15, text());
    }

    public static Format model() {
        return either(MODEL, 21, 26);
    }

    public static Format runtime() {
        return later(RUNTIME, 26, text());
    }

    /**
     * Whether an answer, its first character left out, is of the later layout: a serial number, told from the rest of a
     * maker's name by its digits or by filling its columns, and a runtime; or none, if the serial number does both.
     */
    static boolean later(String answer) {
        String serial = columns(answer, SERIAL, 15);
        String runtime = columns(answer, RUNTIME, 26);
        boolean full = serial.matches("\\S{8}");
        boolean digits = serial.strip().matches("\\S*\\d\\S*");
        if (runtime.isBlank())
            return full && digits && columns(answer, SERIAL - 1, SERIAL - 1).isBlank();
        return (full || digits) && runtime.matches(" *\\d+");
    }

    private static Format either(int from, int laterTo, int to) {
        return (answer, known) -> text().value(columns(answer, from, later(answer) ? laterTo : to), known);
    }

    private static Format later(int from, int to, Format as) {
        return (answer, known) -> later(answer) ? as.value(columns(answer, from, to), known) : Optional.empty();
    }

    private static String columns(String answer, int from, int to) {
        return Address.cut(answer, from - 1, to - 1);
    }
}
