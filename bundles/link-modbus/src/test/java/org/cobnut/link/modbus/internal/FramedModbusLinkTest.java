package org.cobnut.link.modbus.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.cobnut.link.NoAnswerException;
import org.cobnut.link.modbus.ModbusException;
import org.cobnut.link.modbus.ModbusFrameException;
import org.cobnut.link.modbus.ModbusLink;
import org.cobnut.testkit.modbus.ModbusRtuSimulator;
import org.cobnut.testkit.modbus.ModbusSlave;
import org.cobnut.testkit.modbus.ModbusSlave.Table;
import org.cobnut.testkit.serial.SerialSimulator.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class FramedModbusLinkTest {
    private static ModbusSlave slave() {
        return new ModbusSlave()
                .with(Table.HOLDING, 1024, 1, 0, 65535)
                .with(Table.INPUT, 0, 230)
                .with(Table.COIL, 3, 1, 0, 0, 1, 0, 0, 0, 0, 1)
                .with(Table.DISCRETE, 9, 0, 1)
                .object(0x87, "\0\0\0\1")
                .object(0x88, "1=UPS2000;2=V100");
    }

    record Reached(String framing, ModbusSlave slave, ModbusLink link) {
        @Override
        public String toString() {
            return framing;
        }
    }

    static Stream<Reached> links() {
        ModbusSlave serial = slave();
        ModbusSlave network = slave();
        return Stream.of(
                new Reached("RTU", serial, Lines.rtu(new ModbusRtuSimulator(serial, Lines.UNIT, 9600))),
                new Reached("TCP", network, Lines.tcp(network)));
    }

    @ParameterizedTest
    @MethodSource("links")
    void readsEachTable(Reached device) throws IOException {
        assertThat(device.link().readHoldingRegisters(1024, 3)).containsExactly(1, 0, 65535);
        assertThat(device.link().readInputRegisters(0, 1)).containsExactly(230);
        assertThat(device.link().readCoils(3, 9))
                .containsExactly(true, false, false, true, false, false, false, false, true);
        assertThat(device.link().readDiscreteInputs(9, 2)).containsExactly(false, true);
    }

    @ParameterizedTest
    @MethodSource("links")
    void writesOneOrSeveral(Reached device) throws IOException {
        device.link().writeRegister(1024, 60_000);
        device.link().writeRegisters(1025, 7, 8);
        device.link().writeCoil(4, true);
        device.link().writeCoils(3, false, true, true);
        assertThat(device.slave().writes())
                .containsExactly("holding 1024 = 60000", "holding 1025 = 7 8", "coil 4 = 1", "coil 3 = 0 1 1");
        assertThat(device.link().readHoldingRegisters(1024, 3)).containsExactly(60_000, 7, 8);
    }

    @ParameterizedTest
    @MethodSource("links")
    void readsTheIdentification(Reached device) throws IOException {
        assertThat(device.link().readIdentification(3, 0x87))
                .isEqualTo(Map.of(0x87, "\0\0\0\1", 0x88, "1=UPS2000;2=V100"));
    }

    @ParameterizedTest
    @MethodSource("links")
    void tellsARefusalByItsCode(Reached device) throws IOException {
        assertThatExceptionOfType(ModbusException.class)
                .isThrownBy(() -> device.link().readHoldingRegisters(5, 1))
                .withMessage("the device refuses with exception 2, illegal data address")
                .matches(ModbusException::absent);
        device.slave().refuse(OptionalInt.of(6));
        assertThatExceptionOfType(ModbusException.class)
                .isThrownBy(() -> device.link().writeRegister(1024, 1))
                .matches(refused -> refused.code() == 6 && !refused.absent());
        assertThatExceptionOfType(ModbusException.class)
                .isThrownBy(() -> device.link().readIdentification(1, 0));
        device.slave().refuse(OptionalInt.empty());
        assertThat(device.link().readInputRegisters(0, 1)).containsExactly(230);
    }

    @ParameterizedTest
    @MethodSource("links")
    void refusesMoreThanOneRequestTakes(Reached device) {
        for (ThrowingCallable call : new ThrowingCallable[] {
            () -> device.link().readHoldingRegisters(0, 126),
            () -> device.link().readInputRegisters(65535, 2),
            () -> device.link().readCoils(-1, 1),
            () -> device.link().writeRegisters(0)
        }) assertThatIllegalArgumentException().isThrownBy(call);
        assertThat(device.slave().reads()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"SILENCE", "HALF", "CORRUPT", "NOISE", "ECHO", "ENDLESS"})
    void saysWhatIsWrongOnASerialLineAndGoesOn(Fault fault) throws IOException {
        var device = new ModbusRtuSimulator(slave(), Lines.UNIT, 9600);
        ModbusLink link = Lines.rtu(device);
        device.fault(fault);
        for (ThrowingCallable call :
                new ThrowingCallable[] {() -> link.readHoldingRegisters(1024, 3), () -> link.readIdentification(3, 0x87)
                })
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(call)
                    .isInstanceOfAny(NoAnswerException.class, ModbusFrameException.class);
        device.fault(Fault.NONE);
        assertThat(link.readHoldingRegisters(1024, 3)).containsExactly(1, 0, 65535);
    }

    @Test
    void takesTheResponseOfAnotherUnitForNone() {
        var device = new ModbusRtuSimulator(slave(), Lines.UNIT, 9600);
        ModbusLink link = Lines.over(
                new SpoiledLine(device, frame -> (char) (Lines.UNIT + 1) + frame.substring(1)), new RtuCodec());
        assertThatExceptionOfType(ModbusFrameException.class)
                .isThrownBy(() -> link.readInputRegisters(0, 1))
                .withMessage("unit 8 answers in the place of unit 7");
    }

    @Test
    void passesOverALateResponseOfTcp() throws IOException {
        ModbusSlave slave = slave();
        ModbusLink link = Lines.tcp(slave, frame -> {
            byte[] late = frame.clone();
            late[1]--;
            late[late.length - 1] = 99;
            byte[] both = Arrays.copyOf(late, late.length + frame.length);
            System.arraycopy(frame, 0, both, late.length, frame.length);
            return both;
        });
        assertThat(link.readInputRegisters(0, 1)).containsExactly(230);
    }

    @Test
    void saysThatAnotherServerAnswers() {
        ModbusLink link =
                Lines.tcp(slave(), frame -> "HTTP/1.0 400".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        assertThatExceptionOfType(ModbusFrameException.class)
                .isThrownBy(() -> link.readInputRegisters(0, 1))
                .withMessage("what answers at this port does not speak Modbus TCP");
    }
}
