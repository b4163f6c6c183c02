package org.cobnut.link.modbus.internal;

import com.digitalpetri.modbus.Crc16;
import com.digitalpetri.modbus.ModbusRtuResponseFrameParser;
import com.digitalpetri.modbus.ModbusRtuResponseFrameParser.Accumulated;
import com.digitalpetri.modbus.ModbusRtuResponseFrameParser.ParserState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.cobnut.link.modbus.ModbusFrameException;

/** Frames of Modbus RTU: the unit in front, and a check sum behind. */
final class RtuCodec implements FrameCodec {
    private static final int CRC = 2;

    /** Unit, function, type, level, conformity, more, next object, number of objects. */
    private static final int IDENTIFICATION_HEAD = 8;

    private static final int LONGEST = 256;

    @Override
    public byte[] encode(int unit, ByteBuffer pdu) {
        var frame = ByteBuffer.allocate(1 + pdu.remaining() + CRC).order(ByteOrder.LITTLE_ENDIAN);
        frame.put((byte) unit).put(pdu);
        return frame.putShort((short) crc(frame.array(), frame.position())).array();
    }

    @Override
    public ByteBuffer decode(int unit, int function, ByteReader line) throws IOException {
        byte[] head = head(unit, function, line);
        byte[] frame = function == Identification.FUNCTION ? identification(head, CRC, line) : known(head, line);
        int length = frame.length - CRC;
        int told = (frame[length] & 0xff) | (frame[length + 1] & 0xff) << 8;
        if (told != crc(frame, length)) throw new ModbusFrameException("the check sum of the response is wrong");
        return ByteBuffer.wrap(frame, 1, length - 1).slice();
    }

    /** The unit and the function of a response to this request. */
    static byte[] head(int unit, int function, ByteReader line) throws IOException {
        byte[] head = line.read(2);
        int answered = head[1] & 0x7f;
        if ((head[0] & 0xff) != unit)
            throw new ModbusFrameException("unit %d answers in the place of unit %d".formatted(head[0] & 0xff, unit));
        if (answered != function)
            throw new ModbusFrameException(
                    "the response is to function %d, and not to %d".formatted(answered, function));
        return head;
    }

    /** A response to a function that the library knows: it says how long it is. */
    private static byte[] known(byte[] head, ByteReader line) throws IOException {
        var parser = new ModbusRtuResponseFrameParser();
        var frame = new ByteArrayOutputStream();
        frame.writeBytes(head);
        ParserState state = parser.parse(head);
        while (!(state instanceof Accumulated) && frame.size() < LONGEST) {
            byte[] next = line.read(1);
            frame.writeBytes(next);
            state = parser.parse(next);
        }
        return frame.toByteArray();
    }

    /**
     * A response with objects, each behind its number and length, or a refusal.
     *
     * @param behind the bytes that stand behind it
     */
    static byte[] identification(byte[] head, int behind, ByteReader line) throws IOException {
        var frame = new ByteArrayOutputStream();
        frame.writeBytes(head);
        if (head[1] < 0) {
            frame.writeBytes(line.read(1 + behind));
            return frame.toByteArray();
        }
        byte[] rest = line.read(IDENTIFICATION_HEAD - head.length);
        frame.writeBytes(rest);
        for (int objects = rest[rest.length - 1] & 0xff; objects > 0; objects--) {
            byte[] object = line.read(2);
            frame.writeBytes(object);
            int length = object[1] & 0xff;
            if (frame.size() + length + behind > LONGEST)
                throw new ModbusFrameException("an identification has at most " + LONGEST + " bytes");
            frame.writeBytes(line.read(length));
        }
        frame.writeBytes(line.read(behind));
        return frame.toByteArray();
    }

    private static int crc(byte[] bytes, int length) {
        var crc = new Crc16();
        crc.update(ByteBuffer.wrap(bytes, 0, length));
        return crc.getValue() & 0xffff;
    }
}
