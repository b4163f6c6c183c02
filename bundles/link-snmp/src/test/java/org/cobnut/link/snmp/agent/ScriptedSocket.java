package org.cobnut.link.snmp.agent;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.snmp4j.PDU;
import org.snmp4j.PDUv1;
import org.snmp4j.TransportStateReference;
import org.snmp4j.asn1.BER;
import org.snmp4j.asn1.BERInputStream;
import org.snmp4j.asn1.BEROutputStream;
import org.snmp4j.mp.SnmpConstants;
import org.snmp4j.smi.Address;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.UdpAddress;
import org.snmp4j.transport.AbstractTransportMapping;

/** A socket without a network: each request is answered before sending it returns. */
final class ScriptedSocket extends AbstractTransportMapping<UdpAddress> {
    private static final UdpAddress OWN = new UdpAddress("127.0.0.1/40000");

    private volatile byte[] script = {};
    private volatile int value;
    private volatile boolean right;

    /** Answers with these bytes: as they are, as changes of a reply that fits, or as the objects in one. */
    void answering(byte[] bytes) {
        script = bytes;
        right = false;
    }

    /** Answers each object that is asked for with this number. */
    void answeringRightly(int number) {
        value = number;
        right = true;
    }

    @Override
    public void sendMessage(
            UdpAddress to, byte[] message, TransportStateReference state, long timeoutMillis, int maxRetries)
            throws IOException {
        byte[] reply = right ? rightReply(message) : scripted(message);
        fireProcessMessage(
                to, ByteBuffer.wrap(reply), new TransportStateReference(this, to, null, null, null, false, null));
    }

    private byte[] scripted(byte[] message) throws IOException {
        byte[] bytes = script;
        if (bytes.length == 0) return bytes;
        byte[] rest = Arrays.copyOfRange(bytes, 1, bytes.length);
        return switch (bytes[0] & 3) {
            case 0 -> rest;
            case 1 -> changed(message, rest);
            default -> holding(message, rest);
        };
    }

    /** The request as a reply, with bytes at some places changed. */
    private static byte[] changed(byte[] message, byte[] changes) {
        byte[] reply = message.clone();
        for (int i = 0; i < reply.length; i++)
            if (reply[i] == (byte) PDU.GET || reply[i] == (byte) PDU.GETNEXT || reply[i] == (byte) PDU.GETBULK) {
                reply[i] = (byte) PDU.RESPONSE;
                break;
            }
        for (int i = 0; i + 1 < changes.length; i += 2) reply[(changes[i] & 0xff) % reply.length] = changes[i + 1];
        return reply;
    }

    /** A reply with the request's number, the first two bytes as its error, and the rest as its objects. */
    private static byte[] holding(byte[] message, byte[] bytes) throws IOException {
        Request request = Request.of(message);
        if (request == null || bytes.length < 2) return bytes;
        byte[] objects = sequence(0x30, Arrays.copyOfRange(bytes, 2, bytes.length));
        byte[] pdu = sequence(
                0xa2,
                integer(request.pdu().getRequestID().getValue()),
                integer(bytes[0] & 0x1f),
                integer(bytes[1]),
                objects);
        return sequence(
                0x30,
                integer(request.version()),
                sequence(4, request.community().getValue()),
                pdu);
    }

    private byte[] rightReply(byte[] message) throws IOException {
        Request request = Request.of(message);
        if (request == null) throw new IOException("no request that can be read");
        request.pdu().setType(PDU.RESPONSE);
        request.pdu().getVariableBindings().forEach(binding -> binding.setVariable(new Integer32(value)));
        var out = new BEROutputStream(ByteBuffer.allocate(request.pdu().getBERLength()));
        request.pdu().encodeBER(out);
        return sequence(
                0x30,
                integer(request.version()),
                sequence(4, request.community().getValue()),
                out.getBuffer().array());
    }

    private static byte[] integer(int number) {
        return new byte[] {2, 4, (byte) (number >> 24), (byte) (number >> 16), (byte) (number >> 8), (byte) number};
    }

    private static byte[] sequence(int tag, byte[]... parts) {
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        ByteBuffer all =
                ByteBuffer.allocate(length + 4).put((byte) tag).put((byte) 0x82).putShort((short) length);
        for (byte[] part : parts) all.put(part);
        return all.array();
    }

    /** A request of v1 or v2c. */
    private record Request(int version, OctetString community, PDU pdu) {
        /** Null for one of v3. */
        static @Nullable Request of(byte[] message) throws IOException {
            var in = new BERInputStream(ByteBuffer.wrap(message));
            BER.decodeHeader(in, new BER.MutableByte());
            var version = new Integer32();
            version.decodeBER(in);
            if (version.getValue() == SnmpConstants.version3) return null;
            var community = new OctetString();
            community.decodeBER(in);
            PDU pdu = version.getValue() == SnmpConstants.version1 ? new PDUv1() : new PDU();
            pdu.decodeBER(in);
            return new Request(version.getValue(), community, pdu);
        }
    }

    @Override
    public Class<? extends Address> getSupportedAddressClass() {
        return UdpAddress.class;
    }

    @Override
    public UdpAddress getListenAddress() {
        return OWN;
    }

    @Override
    public void listen() {
        // There is nothing to listen at.
    }

    @Override
    public boolean isListening() {
        return true;
    }

    @Override
    public void close() {
        // There is nothing to close.
    }
}
