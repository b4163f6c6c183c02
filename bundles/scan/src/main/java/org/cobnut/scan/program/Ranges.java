package org.cobnut.scan.program;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cobnut.program.ProgramFailure;
import org.cobnut.scan.AddressRange;
import org.cobnut.wire.ErrorText;

/**
 * The addresses that -s, -e and -m name, in the order in which they came. A -s and a -e make a range, whichever comes first;
 * one that stays alone is one address. Names count, too, and are looked up when all options are read.
 */
final class Ranges {
    private static final Pattern AUTO = Pattern.compile("auto([46]?)(?:/(.*))?");
    private static final int USUAL_HOST_BITS = 8;
    private static final int IPV4_BITS = 32;
    private static final int IPV6_BITS = 128;

    private record Pair(String one, String other) {}

    private final Consumer<String> warnings;
    private final List<Object> asked = new ArrayList<>();
    private String start = "";
    private String end = "";
    private boolean automatic;

    Ranges(Consumer<String> warnings) {
        this.warnings = warnings;
    }

    void start(String address) {
        if (!start.isEmpty()) finish();
        start = bare(address);
        if (!end.isEmpty()) finish();
    }

    void end(String address) {
        if (!end.isEmpty()) finish();
        end = bare(address);
        if (!start.isEmpty()) finish();
    }

    /** Takes {@code ADDRESS/BITS}, or {@code auto}, {@code auto4}, {@code auto6} with {@code /BITS} perhaps. */
    void mask(String text) throws ProgramFailure {
        finish();
        Matcher auto = AUTO.matcher(text);
        if (auto.matches()) {
            automatic(text, auto.group(1), Optional.ofNullable(auto.group(2)));
            return;
        }
        String[] parts = text.replaceFirst("^/+", "").split("/+", 2);
        if (parts.length < 2 || parts[1].isEmpty()) {
            warnings.accept("WARNING: nutscan_cidr_to_ip failed to parse mask from cidr=" + text + " (first_ip="
                    + parts[0] + ")");
            return;
        }
        int bits = number(parts[1]).orElse(0);
        if (bits < 1) throw new ProgramFailure("Bad netmask: " + parts[1]);
        Optional<InetAddress> address = lookup(bare(parts[0]));
        if (address.isEmpty()) return;
        try {
            asked.add(AddressRange.network(address.get(), bits));
        } catch (IllegalArgumentException e) {
            throw new ProgramFailure("Bad netmask: " + parts[1]);
        }
    }

    /** All of them; a word that is no address is warned of and left out. */
    List<AddressRange> all() {
        finish();
        var ranges = new ArrayList<AddressRange>();
        for (Object each : asked) {
            if (each instanceof AddressRange range) ranges.add(range);
            else if (each instanceof Pair pair) range(pair).ifPresent(ranges::add);
        }
        return ranges;
    }

    /** Whether any was asked for, be it an address or not. */
    boolean any() {
        return !asked.isEmpty() || !start.isEmpty() || !end.isEmpty();
    }

    private Optional<AddressRange> range(Pair pair) {
        Optional<InetAddress> one = lookup(pair.one());
        Optional<InetAddress> other = pair.one().equals(pair.other()) ? one : lookup(pair.other());
        boolean fits = one.isPresent()
                && other.isPresent()
                && one.get().getAddress().length == other.get().getAddress().length;
        if (fits) return Optional.of(AddressRange.of(one.get(), other.get()));
        warnings.accept(
                "WARNING: nutscan_ip_iter_init: Invalid address : " + (one.isEmpty() ? pair.one() : pair.other()));
        return Optional.empty();
    }

    private void automatic(String text, String family, Optional<String> given) throws ProgramFailure {
        if (automatic) {
            warnings.accept("Duplicate request for connected subnet scan ignored");
            return;
        }
        automatic = true;
        int most = family.equals("4") ? IPV4_BITS : IPV6_BITS;
        int hostBits = given.isEmpty() ? USUAL_HOST_BITS : number(given.get()).orElse(-1);
        if (hostBits < 0 || hostBits > most)
            throw new ProgramFailure("Invalid auto-net limit value, should be an integer [0.." + most + "]: " + text);
        int before = asked.size();
        try {
            for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces()))
                if (each.isUp() && !each.isLoopback() && !each.isPointToPoint()) networks(each, family, hostBits);
        } catch (SocketException e) {
            throw new ProgramFailure("Failed to getifaddrs() for connected subnet scan: " + ErrorText.of(e));
        }
        if (asked.size() == before) warnings.accept("""
                    WARNING: A '-m auto*' request selected no subnets!
                    Please check for reasons with higher debug verbosity (up to 6).""");
    }

    private void networks(NetworkInterface each, String family, int hostBits) {
        for (InterfaceAddress at : each.getInterfaceAddresses()) {
            boolean four = at.getAddress() instanceof Inet4Address;
            int bits = at.getNetworkPrefixLength();
            boolean wanted = family.isEmpty() || family.equals("4") == four;
            int hosts = (four ? IPV4_BITS : IPV6_BITS) - bits;
            if (wanted && bits > 0 && hosts <= hostBits) asked.add(AddressRange.network(at.getAddress(), bits));
        }
    }

    private void finish() {
        if (start.isEmpty() && end.isEmpty()) return;
        asked.add(new Pair(start.isEmpty() ? end : start, end.isEmpty() ? start : end));
        start = "";
        end = "";
    }

    /** The first address of IPv4 that a name has, else of IPv6. */
    private static Optional<InetAddress> lookup(String name) {
        try {
            InetAddress[] all = InetAddress.getAllByName(name);
            for (InetAddress each : all) if (each instanceof Inet4Address) return Optional.of(each);
            return Optional.of(all[0]);
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private static Optional<Integer> number(String text) {
        return text.matches("\\d{1,9}") ? Optional.of(Integer.parseInt(text)) : Optional.empty();
    }

    private static String bare(String address) {
        return address.startsWith("[") && address.endsWith("]") ? address.substring(1, address.length() - 1) : address;
    }
}
