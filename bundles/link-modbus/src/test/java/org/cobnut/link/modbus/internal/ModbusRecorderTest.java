package org.cobnut.link.modbus.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.cobnut.link.NoAnswerException;
import org.cobnut.link.modbus.ModbusException;
import org.cobnut.link.modbus.ModbusFrameException;
import org.cobnut.link.modbus.ModbusLink;
import org.cobnut.link.record.Recording;
import org.cobnut.link.record.Transcript;
import org.cobnut.testkit.modbus.ModbusRtuSimulator;
import org.cobnut.testkit.modbus.ModbusSlave;
import org.cobnut.testkit.modbus.ModbusSlave.Table;
import org.cobnut.testkit.serial.SerialSimulator.Fault;
import org.junit.jupiter.api.Test;

class ModbusRecorderTest {
    private final List<String> lines = new ArrayList<>();
    private final Recording recording = new Recording() {
        @Override
        public void sent(String text) {
            lines.add("> " + Transcript.escape(text));
        }

        @Override
        public void received(String text) {
            lines.add("< " + Transcript.escape(text));
        }

        @Override
        public void state(String name, String value) {
            throw new AssertionError(name);
        }

        @Override
        public void failed(String reason) {
            lines.add("! " + reason);
        }
    };

    @Test
    void playsWhatItRecorded() throws IOException {
        var slave = new ModbusSlave()
                .with(Table.HOLDING, 8, 1, 2)
                .with(Table.COIL, 1, 1, 0)
                .with(Table.INPUT, 3, 230)
                .with(Table.DISCRETE, 4, 1)
                .object(0, "ACME\n=1");
        var device = new ModbusRtuSimulator(slave, Lines.UNIT, 0);
        List<String> direct = run(new ModbusRecorder().record(ModbusLink.class, Lines.rtu(device), recording), device);

        assertThat(lines)
                .contains(
                        "> holding 8 2",
                        "< 1 2",
                        "> write registers 8 3 4",
                        "< done",
                        "> holding 9999 1",
                        "< exception 2")
                .contains("> identification 1 0", "< 0=ACME\\\\n=1", "> input 3 1", "< ");
        var conversation = Transcript.of(String.join("\n", lines)).conversation();
        assertThat(run(new ModbusRecorder().replay(ModbusLink.class, conversation), device))
                .isEqualTo(direct);
    }

    /** Every call once, and what came of it. */
    private static List<String> run(ModbusLink link, ModbusRtuSimulator device) throws IOException {
        var results = new ArrayList<String>();
        results.add(java.util.Arrays.toString(link.readHoldingRegisters(8, 2)));
        results.add(java.util.Arrays.toString(link.readCoils(1, 2)));
        results.add(java.util.Arrays.toString(link.readDiscreteInputs(4, 1)));
        link.writeRegister(8, 7);
        link.writeRegisters(8, 3, 4);
        link.writeCoil(1, false);
        link.writeCoils(1, true, true);
        assertThatExceptionOfType(ModbusException.class).isThrownBy(() -> link.readHoldingRegisters(9999, 1));
        device.fault(Fault.SILENCE);
        assertThatExceptionOfType(NoAnswerException.class).isThrownBy(() -> link.readInputRegisters(3, 1));
        device.fault(Fault.CORRUPT);
        assertThatExceptionOfType(ModbusFrameException.class)
                .isThrownBy(() -> link.readInputRegisters(4, 1))
                .satisfies(bad -> results.add(bad.getMessage()));
        device.fault(Fault.NONE);
        results.add(link.readIdentification(1, 0).get(0).substring(0, 4));
        return results;
    }
}
