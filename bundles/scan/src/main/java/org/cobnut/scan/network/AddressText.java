package org.cobnut.scan.network;

import java.net.Inet6Address;
import java.net.InetAddress;

/** Writes addresses as the system's own programs do; those of IPv6 in their short form (RFC 5952). */
public final class AddressText {
    private static final int GROUPS = 8;

    private AddressText() {}

    /** The address alone: {@code 192.0.2.1}, {@code 2001:db8::1}, {@code fe80::1%eth0}. */
    public static String of(InetAddress address) {
        String whole = address.getHostAddress();
        if (!(address instanceof Inet6Address)) return whole;
        int zone = whole.indexOf('%');
        return shortened(address.getAddress()) + (zone < 0 ? "" : whole.substring(zone));
    }

    /** The longest run of two or more groups of zero, the first of equal ones, becomes two colons. */
    private static String shortened(byte[] bytes) {
        int from = -1;
        int length = 1;
        for (int i = 0; i < GROUPS; i++) {
            int run = 0;
            while (i + run < GROUPS && group(bytes, i + run) == 0) run++;
            if (run > length) {
                from = i;
                length = run;
            }
        }
        var text = new StringBuilder();
        for (int i = 0; i < GROUPS; i++) {
            if (i == from) {
                text.append("::");
                i += length - 1;
                continue;
            }
            if (text.length() > 0 && text.charAt(text.length() - 1) != ':') text.append(':');
            text.append(Integer.toHexString(group(bytes, i)));
        }
        return text.toString();
    }

    private static int group(byte[] bytes, int index) {
        return ((bytes[2 * index] & 0xff) << Byte.SIZE) | (bytes[2 * index + 1] & 0xff);
    }
}
