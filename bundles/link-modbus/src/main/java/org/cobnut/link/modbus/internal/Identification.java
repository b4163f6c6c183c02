package org.cobnut.link.modbus.internal;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;
import org.cobnut.link.modbus.ModbusFrameException;

/** Read Device Identification (function 43, type 14), which the library does not have. */
final class Identification {
    static final int FUNCTION = 0x2b;
    private static final int TYPE = 0x0e;

    private Identification() {}

    static ByteBuffer request(int level, int object) {
        return ByteBuffer.wrap(new byte[] {FUNCTION, TYPE, (byte) level, (byte) object});
    }

    /** The objects of a response whose function code was read. */
    static SortedMap<Integer, String> objects(ByteBuffer response) throws ModbusFrameException {
        try {
            if (response.get() != TYPE) throw new ModbusFrameException("the response is no identification");
            response.position(response.position() + 4); // level, conformity, more, next object
            var objects = new TreeMap<Integer, String>();
            for (int left = response.get() & 0xff; left > 0; left--) {
                int number = response.get() & 0xff;
                var text = new byte[response.get() & 0xff];
                response.get(text);
                objects.put(number, new String(text, StandardCharsets.ISO_8859_1));
            }
            return objects;
        } catch (BufferUnderflowException | IllegalArgumentException cut) {
            throw new ModbusFrameException("the identification is cut off");
        }
    }
}
