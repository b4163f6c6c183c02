package org.cobnut.link.modbus.internal;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Puts requests into frames and takes responses out of them; one for each link. */
interface FrameCodec {
    /** The frame of a request. */
    byte[] encode(int unit, ByteBuffer pdu);

    /**
     * Takes the next response off the line: its function code and what follows. What can be no response to the last request is
     * passed over if others may follow it.
     *
     * @throws org.cobnut.link.modbus.ModbusFrameException when it is none
     * @throws org.cobnut.link.NoAnswerException when it does not come in time
     */
    ByteBuffer decode(int unit, int function, ByteReader line) throws IOException;
}
