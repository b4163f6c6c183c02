package org.cobnut.link.modbus.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Frames of Modbus in HID reports: the unit in front, and no check sum, for USB has its own. */
final class ReportCodec implements FrameCodec {
    @Override
    public byte[] encode(int unit, ByteBuffer pdu) {
        return ByteBuffer.allocate(1 + pdu.remaining())
                .put((byte) unit)
                .put(pdu)
                .array();
    }

    @Override
    public ByteBuffer decode(int unit, int function, ByteReader line) throws IOException {
        byte[] head = RtuCodec.head(unit, function, line);
        byte[] frame = function == Identification.FUNCTION
                ? RtuCodec.identification(head, 0, line)
                : known(head, function, line);
        return ByteBuffer.wrap(frame, 1, frame.length - 1).slice();
    }

    private static byte[] known(byte[] head, int function, ByteReader line) throws IOException {
        var frame = new ByteArrayOutputStream();
        frame.writeBytes(head);
        if (head[1] < 0) frame.writeBytes(line.read(1));
        else if (function <= 4) {
            byte[] count = line.read(1);
            frame.writeBytes(count);
            frame.writeBytes(line.read(count[0] & 0xff));
        } else frame.writeBytes(line.read(4)); // what was written where
        return frame.toByteArray();
    }
}
