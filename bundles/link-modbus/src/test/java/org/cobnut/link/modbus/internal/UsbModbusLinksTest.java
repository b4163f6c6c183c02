package org.cobnut.link.modbus.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.cobnut.link.LinkProvider;
import org.cobnut.link.LinkRequest;
import org.cobnut.link.NoAnswerException;
import org.cobnut.link.modbus.ModbusException;
import org.cobnut.link.modbus.ModbusFrameException;
import org.cobnut.link.modbus.ModbusLink;
import org.cobnut.link.modbus.ModbusParameters;
import org.cobnut.link.usb.UsbDeviceId;
import org.cobnut.link.usb.UsbLink;
import org.cobnut.link.usb.UsbParameters;
import org.cobnut.testkit.TestRequest;
import org.cobnut.testkit.modbus.ModbusSlave;
import org.cobnut.testkit.modbus.ModbusSlave.Table;
import org.cobnut.testkit.modbus.ModbusUsbDevice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class UsbModbusLinksTest {
    private static final UsbParameters KNOWN = UsbParameters.known(List.of(UsbDeviceId.of(0x051d, 0x0003)));
    private static final ModbusParameters PARAMETERS =
            ModbusParameters.unit(1).response(Duration.ofMillis(100)).usb(KNOWN);

    private final int[] registers = IntStream.range(1, 126).toArray();
    private final ModbusSlave slave = new ModbusSlave()
            .with(Table.HOLDING, 0, registers)
            .with(Table.COIL, 3, 1, 0, 1)
            .object(0x87, "x".repeat(100));
    private final ModbusUsbDevice device = new ModbusUsbDevice(slave, 1);
    private final AtomicReference<LinkRequest> asked = new AtomicReference<>();
    private final LinkProvider usb = request -> {
        asked.set(request);
        return device.link();
    };
    private final UsbModbusLinks links = new UsbModbusLinks(usb);

    private ModbusLink open() throws IOException {
        return TestRequest.of(ModbusLink.class, "usb:auto", PARAMETERS).open(links);
    }

    /** 125 registers need four reports. */
    @Test
    void readsWhatFitsIntoOneReportAndWhatNeedsSeveral() throws IOException {
        ModbusLink link = open();
        assertThat(link.readHoldingRegisters(0, 27)).startsWith(1, 2, 3).endsWith(27);
        assertThat(link.readHoldingRegisters(0, 125)).isEqualTo(registers);
        assertThat(link.readCoils(3, 3)).containsExactly(true, false, true);
        assertThat(link.readIdentification(3, 0x87)).isEqualTo(Map.of(0x87, "x".repeat(100)));
    }

    @Test
    void writesWhatFitsIntoAReport() throws IOException {
        ModbusLink link = open();
        link.writeRegister(5, 4711);
        link.writeRegisters(6, IntStream.range(0, 28).toArray());
        link.writeCoil(4, true);
        assertThat(slave.writes()).hasSize(3).startsWith("holding 5 = 4711").endsWith("coil 4 = 1");
        assertThatExceptionOfType(ModbusFrameException.class)
                .isThrownBy(() -> link.writeRegisters(6, new int[29]))
                .withMessage("a request of 65 bytes does not fit into a report of 63");
        assertThat(link.readHoldingRegisters(5, 2)).containsExactly(4711, 0);
    }

    @Test
    void tellsARefusalAndGoesOn() throws IOException {
        ModbusLink link = open();
        assertThatExceptionOfType(ModbusException.class)
                .isThrownBy(() -> link.readHoldingRegisters(2000, 1))
                .matches(ModbusException::absent);
        assertThat(link.readHoldingRegisters(0, 1)).containsExactly(1);
    }

    /** What comes after its time is over must answer nothing else. */
    @Test
    void throwsALateResponseAway() throws IOException {
        ModbusLink link = open();
        device.silent(true);
        assertThatExceptionOfType(NoAnswerException.class).isThrownBy(() -> link.readHoldingRegisters(0, 1));
        device.silent(false).respond((byte) 1, (byte) 3, (byte) 2, (byte) 0, (byte) 99);
        assertThat(link.readHoldingRegisters(0, 1)).containsExactly(1);
    }

    @Test
    void takesTheResponseOfAnotherUnitForNone() throws IOException {
        ModbusLink link = open();
        device.silent(true);
        var other = new AtomicReference<Exception>();
        var asking = new Thread(() -> {
            try {
                link.readHoldingRegisters(0, 1);
            } catch (IOException | RuntimeException e) {
                other.set(e);
            }
        });
        asking.start();
        device.respond((byte) 32, (byte) 3, (byte) 2, (byte) 0, (byte) 99);
        join(asking);
        assertThat(other.get()).isInstanceOf(IOException.class);
        device.silent(false);
        assertThat(link.readHoldingRegisters(0, 1)).containsExactly(1);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void asksForTheDeviceInTheNameOfTheSection() throws IOException {
        open().close();
        assertThat(asked.get().kind()).isEqualTo(UsbLink.class);
        assertThat(asked.get().port()).isEqualTo("auto");
        assertThat(asked.get().parameters(UsbParameters.class)).containsSame(KNOWN);
        TestRequest.of(ModbusLink.class, "usb:1-1.4", PARAMETERS).open(links);
        assertThat(asked.get().port()).isEqualTo("usb:1-1.4");
    }

    @Test
    void saysThatADeviceHasNoModbus() {
        var other = new ModbusUsbDevice(slave, 1, "05 84 09 04 a1 01 85 0c 05 85 09 66 75 08 95 01 81 02 c0");
        assertThatIOException()
                .isThrownBy(() -> TestRequest.of(ModbusLink.class, "usb:auto", PARAMETERS)
                        .open(new UsbModbusLinks(request -> other.link())))
                .withMessageContaining("has no reports for Modbus");
        assertThatIOException()
                .isThrownBy(() -> TestRequest.of(ModbusLink.class, "usb:auto", ModbusParameters.unit(1))
                        .open(links))
                .withMessageContaining("knows no device on USB");
    }

    @Test
    void closesItsLinksWhenItStops() throws IOException {
        ModbusLink link = open();
        links.stop();
        assertThatIOException().isThrownBy(() -> link.readHoldingRegisters(0, 1));
    }

    @Test
    void findsTheReportsInAnyDescriptorThatIsNotCutOff() {
        byte[] whole = {
            6,
            (byte) 0x86,
            -1,
            (byte) 0x85,
            9,
            9,
            (byte) 0xfd,
            (byte) 0x81,
            2,
            (byte) 0x85,
            16,
            11,
            (byte) 0xfc,
            0,
            (byte) 0x86,
            -1,
            (byte) 0x91,
            2
        };
        assertThat(ModbusReports.of(whole)).contains(new ModbusReports(16, 9));
        for (int length = 0; length < whole.length; length++)
            assertThat(ModbusReports.of(java.util.Arrays.copyOf(whole, length))).isEmpty();
        assertThat(ModbusReports.of(new byte[] {-2, -1, 0, 1})).isEmpty();
    }
}
