package org.cobnut.testkit.modbus;

import java.util.Arrays;
import org.cobnut.testkit.usb.FakeHidDevice;
import org.cobnut.testkit.usb.FakeUsbDevice;
import org.cobnut.testkit.usb.UsbTransfer;

/** A slave of Modbus on USB, in HID reports of 64 bytes, as Smart-UPSes of APC are. */
public final class ModbusUsbDevice extends FakeUsbDevice {
    /** A charge in input report 0c, and the two reports of Modbus. */
    private static final String DESCRIPTOR = """
        05 84 09 04 a1 01 85 0c 05 85 09 66 75 08 95 01 15 00 26 ff 00 81 02
        06 86 ff 85 89 09 fd 95 3f 81 02 85 90 09 fc 91 02 c0
        """;

    private static final int IN = 0x81;
    private static final int REQUEST = 0x90;
    private static final int RESPONSE = 0x89;
    private static final int REPORT = 64;

    private final ModbusSlave slave;
    private final int unit;
    private boolean silent;

    /** A Smart-UPS with this slave in it. */
    public ModbusUsbDevice(ModbusSlave slave, int unit) {
        this(slave, unit, DESCRIPTOR);
    }

    /** @param descriptor of its reports, in hexadecimal digits */
    public ModbusUsbDevice(ModbusSlave slave, int unit, String descriptor) {
        super(0x051d, 0x0003);
        this.slave = slave;
        this.unit = unit;
        hid(FakeHidDevice.hex(descriptor), IN, 0x01);
        packet(REPORT);
        strings("American Power Conversion", "Smart-UPS 1500 FW:UPS 09.3 / ID=18", "AS1234567890");
    }

    /** Whether it leaves requests without a response. */
    public synchronized ModbusUsbDevice silent(boolean now) {
        silent = now;
        return this;
    }

    /** Sends the bytes of a response, in as many reports as they need. */
    public void respond(byte... bytes) {
        for (int at = 0; at < bytes.length; at += REPORT - 1) {
            byte[] part = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + REPORT - 1));
            var report = new byte[REPORT];
            report[0] = (byte) RESPONSE;
            System.arraycopy(part, 0, report, 1, part.length);
            send(IN, report);
        }
    }

    @Override
    protected synchronized void take(UsbTransfer transfer) {
        super.take(transfer);
        if (transfer.control() || transfer.in()) return;
        byte[] report = transfer.data();
        if (silent || report.length != REPORT || (report[0] & 0xff) != REQUEST || (report[1] & 0xff) != unit) return;
        byte[] answer = slave.answer(Arrays.copyOfRange(report, 2, 1 + length(report)));
        var frame = new byte[answer.length + 1];
        frame[0] = (byte) unit;
        System.arraycopy(answer, 0, frame, 1, answer.length);
        send(IN, new byte[] {0x0c, 77}); // a report that is none of Modbus
        respond(frame);
    }

    /** The bytes of a request, by its function. */
    private static int length(byte[] report) {
        return switch (report[2]) {
            case 43 -> 5;
            case 15, 16 -> 7 + (report[7] & 0xff);
            default -> 6;
        };
    }
}
