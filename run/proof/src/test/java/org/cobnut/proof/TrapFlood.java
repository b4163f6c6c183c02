package org.cobnut.proof;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.snmp4j.PDU;
import org.snmp4j.asn1.BER;
import org.snmp4j.asn1.BEROutputStream;
import org.snmp4j.mp.SnmpConstants;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.VariableBinding;

/** Sends traps of SNMPv2c to a port of this machine, some two thousand a second. */
final class TrapFlood implements AutoCloseable {
    private static final long PAUSE_NANOS = 500_000;

    private final int port;
    private final AtomicInteger sent = new AtomicInteger();
    private volatile boolean over;

    TrapFlood() throws IOException {
        try (var probe = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            port = probe.getLocalPort();
        }
    }

    int port() {
        return port;
    }

    int sent() {
        return sent.get();
    }

    void start() throws IOException {
        byte[] trap = trap();
        var sending = new Thread(() -> send(trap), "trap flood");
        sending.setDaemon(true);
        sending.start();
    }

    private void send(byte[] trap) {
        try (var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            var packet = new DatagramPacket(trap, trap.length, InetAddress.getLoopbackAddress(), port);
            while (!over) {
                socket.send(packet);
                sent.incrementAndGet();
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } catch (IOException e) {
            over = true;
        }
    }

    private static byte[] trap() throws IOException {
        var pdu = new PDU();
        pdu.setType(PDU.TRAP);
        pdu.add(new VariableBinding(SnmpConstants.snmpTrapOID, new OID("1.3.6.1.2.1.33.2.1")));
        var version = new Integer32(SnmpConstants.version2c);
        var community = new OctetString("any");
        int length = version.getBERLength() + community.getBERLength() + pdu.getBERLength();
        ByteBuffer bytes = ByteBuffer.allocate(length + 4);
        var out = new BEROutputStream(bytes);
        BER.encodeHeader(out, BER.SEQUENCE, length);
        version.encodeBER(out);
        community.encodeBER(out);
        pdu.encodeBER(out);
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    @Override
    public void close() {
        over = true;
    }
}
