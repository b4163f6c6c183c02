package org.cobnut.scan;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** Addresses of the network from a first to a last one, both of IPv4 or both of IPv6. Immutable. */
public final class AddressRange implements Iterable<InetAddress> {
    private final InetAddress first;
    private final InetAddress last;

    private AddressRange(InetAddress first, InetAddress last) {
        this.first = first;
        this.last = last;
    }

    /** The addresses from one to the other, in whichever order they are given. */
    public static AddressRange of(InetAddress one, InetAddress other) {
        if (one.getAddress().length != other.getAddress().length)
            throw new IllegalArgumentException(
                    "%s and %s are not of one family: give two addresses of IPv4, or two of IPv6"
                            .formatted(one.getHostAddress(), other.getHostAddress()));
        return number(one).compareTo(number(other)) <= 0 ? new AddressRange(one, other) : new AddressRange(other, one);
    }

    /**
     * The addresses whose first bits are those of this one.
     *
     * @param bits how many, from 1 to 32 for IPv4 and to 128 for IPv6
     */
    public static AddressRange network(InetAddress address, int bits) {
        int all = address.getAddress().length * Byte.SIZE;
        if (bits < 1 || bits > all) throw new IllegalArgumentException("a mask of 1 to " + all + " bits, not " + bits);
        BigInteger hosts = BigInteger.ONE.shiftLeft(all - bits).subtract(BigInteger.ONE);
        BigInteger number = number(address);
        return new AddressRange(
                address(number.andNot(hosts), all / Byte.SIZE), address(number.or(hosts), all / Byte.SIZE));
    }

    public InetAddress first() {
        return first;
    }

    public InetAddress last() {
        return last;
    }

    /** How many addresses they are. */
    public BigInteger size() {
        return number(last).subtract(number(first)).add(BigInteger.ONE);
    }

    /** All of them, from the first to the last; made as they are asked for. */
    @Override
    public Iterator<InetAddress> iterator() {
        return new Iterator<>() {
            private final int length = first.getAddress().length;
            private final BigInteger start = number(first);
            private final BigInteger end = number(last);
            private BigInteger next = start;

            @Override
            public boolean hasNext() {
                return next.compareTo(end) <= 0;
            }

            @Override
            public InetAddress next() {
                if (!hasNext()) throw new NoSuchElementException();
                // The first one as it was given, for an address of the link has the name of its interface behind it.
                InetAddress address = next.equals(start) ? first : address(next, length);
                next = next.add(BigInteger.ONE);
                return address;
            }
        };
    }

    @Override
    public String toString() {
        return first.equals(last) ? first.getHostAddress() : first.getHostAddress() + " to " + last.getHostAddress();
    }

    private static BigInteger number(InetAddress address) {
        return new BigInteger(1, address.getAddress());
    }

    private static InetAddress address(BigInteger number, int length) {
        var bytes = new byte[length];
        byte[] shortest = number.toByteArray();
        int count = Math.min(shortest.length, length);
        System.arraycopy(shortest, shortest.length - count, bytes, length - count, count);
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
