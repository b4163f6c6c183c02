package org.cobnut.tls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Writes the part of DER (X.690) that puts a key into PKCS#8's envelope. */
final class Der {
    private static final byte[] VERSION_0 = {2, 1, 0};
    private static final byte[] RSA = {
        6, 9, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 1, 1, 5, 0,
    };
    private static final byte[] EC = {6, 7, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 2, 1};
    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 4;
    private static final int PARAMETERS = 0xa0;

    private Der() {}

    /** PKCS#1's RSAPrivateKey (RFC 8017) in PKCS#8 (RFC 5208). */
    static byte[] rsa(byte[] pkcs1) {
        return of(SEQUENCE, VERSION_0, of(SEQUENCE, RSA), of(OCTETS, pkcs1));
    }

    /** SEC 1's ECPrivateKey (RFC 5915) in PKCS#8; the curve it names stands in the algorithm too. */
    static byte[] ec(byte[] sec1) throws IOException {
        ByteBuffer fields = inside(ByteBuffer.wrap(sec1), SEQUENCE);
        while (fields.hasRemaining()) {
            int tag = fields.get(fields.position()) & 0xff;
            ByteBuffer field = inside(fields, tag);
            if (tag != PARAMETERS) continue;
            byte[] curve = new byte[field.remaining()];
            field.get(curve);
            return of(SEQUENCE, VERSION_0, of(SEQUENCE, EC, curve), of(OCTETS, sec1));
        }
        throw new IOException("the EC key does not name its curve");
    }

    /** What stands in the element that the buffer is at, which must have this tag; moves behind it. */
    private static ByteBuffer inside(ByteBuffer buffer, int tag) throws IOException {
        if (buffer.remaining() < 2 || (buffer.get() & 0xff) != tag) throw new IOException("not a key in DER");
        int length = buffer.get() & 0xff;
        if (length > 0x7f) {
            int octets = length & 0x7f;
            length = 0;
            for (int i = 0; i < octets && buffer.hasRemaining(); i++) length = (length << 8) | (buffer.get() & 0xff);
        }
        if (length < 0 || length > buffer.remaining()) throw new IOException("not a key in DER");
        ByteBuffer inside = buffer.slice(buffer.position(), length);
        buffer.position(buffer.position() + length);
        return inside;
    }

    private static byte[] of(int tag, byte[]... parts) {
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        var out = new ByteArrayOutputStream(length + 5);
        out.write(tag);
        if (length < 0x80) {
            out.write(length);
        } else {
            int octets = length < 0x100 ? 1 : length < 0x10000 ? 2 : 3;
            out.write(0x80 | octets);
            for (int i = octets - 1; i >= 0; i--) out.write(length >> (8 * i));
        }
        for (byte[] part : parts) out.writeBytes(part);
        return out.toByteArray();
    }
}
