package org.cobnut.link.modbus.internal;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.cobnut.link.NoAnswerException;
import org.cobnut.link.modbus.ModbusException;
import org.cobnut.link.modbus.ModbusFrameException;
import org.cobnut.link.modbus.ModbusLink;

/** What tells the devices apart that drivers here know: a few registers that only they have, which are read. */
final class KnownDevices {
    private static final int OWN_OBJECT = 0x88;
    private static final int APC_MODEL = 532;
    private static final int APC_MODEL_LENGTH = 16;
    private static final int JBUS_IDENTITY = 0x1000;
    private static final Set<Integer> JBUS_MODELS = Set.of(130, 515, 516);
    private static final int QUINT_FIRMWARE = 4;
    private static final int ADELSYSTEM_MODEL = 67;
    private static final Set<Integer> ADELSYSTEM_MODELS = Set.of(1, 2, 3, 4, 7, 8, 9, 11, 12, 13, 14);
    private static final int ADELSYSTEM_LAST = 125;
    private static final int MUST_FIRST = 30_000;
    private static final int MUST_COUNT = 27;

    /** In this order: the first that fits counts. */
    private static final List<Row> ROWS = List.of(
            new Row("huawei-ups2000", 1, KnownDevices::huawei),
            new Row("apc_modbus", 1, KnownDevices::apc),
            new Row("socomec_jbus", 1, KnownDevices::socomec),
            new Row("adelsystem_cbi", 5, KnownDevices::adelsystem),
            new Row("phoenixcontact_modbus", 192, KnownDevices::phoenix),
            new Row("must_ep2000pro", 10, KnownDevices::must));

    private KnownDevices() {}

    /**
     * One kind of device.
     *
     * @param unit at which it answers when it comes from its maker
     */
    record Row(String driver, int unit, Test test) {}

    /** Reads what tells the kind; empty for another one, else what to say of the device. */
    @FunctionalInterface
    interface Test {
        Optional<String> describe(ModbusLink link) throws IOException;
    }

    static List<Row> rows() {
        return ROWS;
    }

    /** What an answer says of a device, for one that answers otherwise than by silence. */
    record Said(boolean answered, Optional<String> description) {}

    /**
     * Asks whether it is this kind.
     *
     * @throws IOException when the connection is lost
     */
    static Said ask(Row row, ModbusLink link) throws IOException {
        try {
            return new Said(true, row.test().describe(link));
        } catch (ModbusException refused) {
            return new Said(true, Optional.empty());
        } catch (NoAnswerException | ModbusFrameException silent) {
            return new Said(false, Optional.empty());
        }
    }

    private static Optional<String> huawei(ModbusLink link) throws IOException {
        String text =
                String.join(";", link.readIdentification(3, OWN_OBJECT - 1).values());
        return text.contains("=UPS2000") ? Optional.of("Huawei UPS2000") : Optional.empty();
    }

    private static Optional<String> apc(ModbusLink link) throws IOException {
        String model = text(link.readHoldingRegisters(APC_MODEL, APC_MODEL_LENGTH));
        return model.matches("[A-Za-z][ -~]{3,}") ? Optional.of(model) : Optional.empty();
    }

    private static Optional<String> socomec(ModbusLink link) throws IOException {
        int model = link.readHoldingRegisters(JBUS_IDENTITY, 1)[0];
        return JBUS_MODELS.contains(model) ? Optional.of("Socomec, by JBUS") : Optional.empty();
    }

    private static Optional<String> phoenix(ModbusLink link) throws IOException {
        int[] identity = link.readInputRegisters(QUINT_FIRMWARE, 5);
        boolean named = identity[0] != 0 && (identity[1] | identity[2] | identity[3] | identity[4]) != 0;
        return named ? Optional.of("Phoenix Contact, firmware " + identity[0]) : Optional.empty();
    }

    private static Optional<String> adelsystem(ModbusLink link) throws IOException {
        int model = link.readHoldingRegisters(ADELSYSTEM_MODEL, 1)[0];
        link.readHoldingRegisters(ADELSYSTEM_LAST, 1);
        return ADELSYSTEM_MODELS.contains(model) ? Optional.of("Adelsystem") : Optional.empty();
    }

    private static Optional<String> must(ModbusLink link) throws IOException {
        int[] status = link.readHoldingRegisters(MUST_FIRST, MUST_COUNT);
        return status[4] > 0 || status[5] > 0 ? Optional.of("MUST EP2000 Pro") : Optional.empty();
    }

    private static String text(int[] registers) {
        var text = new StringBuilder();
        for (int register : registers) text.append((char) (register >> 8)).append((char) (register & 0xff));
        return text.toString().replace('\0', ' ').strip();
    }
}
