package org.cobnut.testkit.modbus;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.cobnut.testkit.serial.SerialSimulator;

/** A slave of Modbus on a serial line, in memory or on a pseudo-terminal. */
public final class ModbusRtuSimulator extends SerialSimulator {
    private final ModbusSlave slave;
    private final int unit;
    private final int speed;

    /**
     * A slave on a line.
     *
     * @param speed the only speed at which it hears; 0 for any
     */
    public ModbusRtuSimulator(ModbusSlave slave, int unit, int speed) {
        this.slave = slave;
        this.unit = unit;
        this.speed = speed;
    }

    @Override
    protected boolean hears(int at) {
        return speed == 0 || at == 0 || at == speed;
    }

    @Override
    protected int requestLength(String text) {
        if (text.length() < 2) return 0;
        int length =
                switch (text.charAt(1)) {
                    case 43 -> 7;
                    case 15, 16 -> text.length() < 7 ? 0 : 9 + text.charAt(6);
                    default -> 8;
                };
        return length <= text.length() ? length : 0;
    }

    @Override
    protected List<String> answer(String request) {
        byte[] bytes = request.getBytes(StandardCharsets.ISO_8859_1);
        int end = bytes.length - 2;
        if (crc(bytes, end) != ((bytes[end] & 0xff) | (bytes[end + 1] & 0xff) << 8)) return List.of();
        if ((bytes[0] & 0xff) != unit) return List.of();
        byte[] answer = slave.answer(java.util.Arrays.copyOfRange(bytes, 1, end));
        var frame = new byte[answer.length + 3];
        frame[0] = (byte) unit;
        System.arraycopy(answer, 0, frame, 1, answer.length);
        int crc = crc(frame, frame.length - 2);
        frame[frame.length - 2] = (byte) crc;
        frame[frame.length - 1] = (byte) (crc >> 8);
        return List.of(new String(frame, StandardCharsets.ISO_8859_1));
    }

    private static int crc(byte[] bytes, int length) {
        int crc = 0xffff;
        for (int i = 0; i < length; i++) {
            crc ^= bytes[i] & 0xff;
            for (int bit = 0; bit < 8; bit++) crc = (crc & 1) == 0 ? crc >> 1 : crc >> 1 ^ 0xa001;
        }
        return crc;
    }
}
