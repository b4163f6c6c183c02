package org.cobnut.link.snmp.agent;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.cobnut.link.snmp.SnmpException;
import org.cobnut.link.snmp.SnmpObject;
import org.cobnut.link.snmp.SnmpValue;
import org.snmp4j.smi.Counter32;
import org.snmp4j.smi.Counter64;
import org.snmp4j.smi.Gauge32;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.IpAddress;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.Opaque;
import org.snmp4j.smi.TimeTicks;
import org.snmp4j.smi.Variable;
import org.snmp4j.smi.VariableBinding;

/** Values of SNMP4J as ours, and back. */
final class Values {
    /** Before the four bytes of a float in an Opaque. */
    private static final int[] FLOAT = {0x9f, 0x78, 4};

    private Values() {}

    /** What an agent answered; empty when it has no such object. */
    static Optional<SnmpValue> of(Variable variable) {
        if (variable.isException()) return Optional.empty();
        if (variable instanceof Integer32 number) return number(SnmpValue.Type.INTEGER, number.toLong());
        if (variable instanceof Counter32 number) return number(SnmpValue.Type.COUNTER, number.toLong());
        if (variable instanceof TimeTicks number) return number(SnmpValue.Type.TICKS, number.toLong());
        if (variable instanceof Gauge32 number) return number(SnmpValue.Type.GAUGE, number.toLong());
        if (variable instanceof Counter64 number)
            return Optional.of(new SnmpValue(SnmpValue.Type.COUNTER64, Long.toUnsignedString(number.toLong())));
        if (variable instanceof OID oid) return Optional.of(SnmpValue.oid(oid.toDottedString()));
        if (variable instanceof IpAddress address)
            return Optional.of(new SnmpValue(SnmpValue.Type.ADDRESS, address.toString()));
        if (variable instanceof Opaque opaque)
            return Optional.of(new SnmpValue(SnmpValue.Type.OPAQUE, opaque(opaque.getValue())));
        if (variable instanceof OctetString octets) return Optional.of(SnmpValue.text(text(octets.getValue())));
        return Optional.empty();
    }

    private static Optional<SnmpValue> number(SnmpValue.Type type, long number) {
        return Optional.of(new SnmpValue(type, Long.toString(number)));
    }

    /** What is written to an agent. */
    static VariableBinding binding(SnmpObject object) throws SnmpException {
        String text = object.value().text();
        try {
            return new VariableBinding(
                    new OID(object.oid()),
                    switch (object.value().type()) {
                        case INTEGER -> new Integer32(Integer.parseInt(text.strip()));
                        case OCTETS -> new OctetString(text.getBytes(StandardCharsets.UTF_8));
                        case OID -> new OID(text.strip());
                        case ADDRESS -> new IpAddress(text.strip());
                        case COUNTER -> new Counter32(Long.parseLong(text.strip()));
                        case GAUGE -> new Gauge32(Long.parseLong(text.strip()));
                        case TICKS -> new TimeTicks(Long.parseLong(text.strip()));
                        case COUNTER64 -> new Counter64(Long.parseUnsignedLong(text.strip()));
                        case OPAQUE -> throw new IllegalArgumentException("opaque");
                    });
        } catch (IllegalArgumentException e) {
            throw new SnmpException(
                    SnmpException.Cause.REFUSED,
                    "'%s' cannot be written to %s, which holds %s"
                            .formatted(text, object.oid(), object.value().type()));
        }
    }

    private static String opaque(byte[] bytes) {
        boolean number = bytes.length == FLOAT.length + Float.BYTES;
        for (int i = 0; number && i < FLOAT.length; i++) number = (bytes[i] & 0xff) == FLOAT[i];
        return number ? Float.toString(ByteBuffer.wrap(bytes).getFloat(FLOAT.length)) : hex(bytes);
    }

    private static String text(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] == 0) end--;
        boolean ascii = true;
        for (int i = 0; i < end; i++) {
            ascii &= bytes[i] >= 0;
            if (bytes[i] >= 0 && bytes[i] < ' ' && bytes[i] != '\n' && bytes[i] != '\r' && bytes[i] != '\t')
                return hex(bytes);
        }
        if (ascii) return new String(bytes, 0, end, StandardCharsets.ISO_8859_1);
        ByteBuffer content = ByteBuffer.wrap(bytes, 0, end);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(content).toString();
        } catch (CharacterCodingException notUtf8) {
            return new String(bytes, 0, end, StandardCharsets.ISO_8859_1);
        }
    }

    private static String hex(byte[] bytes) {
        return new OctetString(bytes).toHexString();
    }
}
