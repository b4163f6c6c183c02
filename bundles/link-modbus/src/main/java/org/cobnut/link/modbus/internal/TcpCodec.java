package org.cobnut.link.modbus.internal;

import com.digitalpetri.modbus.MbapHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.cobnut.link.modbus.ModbusFrameException;

/** Frames of Modbus TCP: a header with the number of the request, by which a late response is told from the one that is due. */
final class TcpCodec implements FrameCodec {
    private static final int HEADER = 7;

    /** The bytes of a header that its length counts: the unit. */
    private static final int COUNTED = 1;

    private static final int LONGEST_PDU = 253;

    private int transaction;

    @Override
    public byte[] encode(int unit, ByteBuffer pdu) {
        transaction = (transaction + 1) & 0xffff;
        var frame = ByteBuffer.allocate(HEADER + pdu.remaining());
        MbapHeader.Serializer.encode(new MbapHeader(transaction, 0, COUNTED + pdu.remaining(), unit), frame);
        return frame.put(pdu).array();
    }

    @Override
    public ByteBuffer decode(int unit, int function, ByteReader line) throws IOException {
        while (true) {
            MbapHeader header = MbapHeader.Serializer.decode(ByteBuffer.wrap(line.read(HEADER)));
            int length = header.length() - COUNTED;
            if (header.protocolId() != 0 || length < 2 || length > LONGEST_PDU)
                throw new ModbusFrameException("what answers at this port does not speak Modbus TCP");
            ByteBuffer pdu = ByteBuffer.wrap(line.read(length));
            if (header.transactionId() == transaction) return pdu;
        }
    }
}
