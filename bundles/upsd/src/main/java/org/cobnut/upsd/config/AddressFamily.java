package org.cobnut.upsd.config;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which version of IP counts (upsd(8), options -4 and -6). Names are resolved to it by the virtual machine. */
public enum AddressFamily {
    ANY,
    IPV4,
    IPV6;

    private static final Pattern FOUR = Pattern.compile("[\\d.]+");

    /** The family that the framework property cobnut.upsd.family names. */
    public static AddressFamily of(@Nullable String version) {
        return "4".equals(version) ? IPV4 : "6".equals(version) ? IPV6 : ANY;
    }

    /**
     * Removes addresses of the other family, as far as they come from a wildcard or from the default.
     *
     * @param asked whether upsd.conf names them
     * @throws IOException when it names one that could only be of the other version
     */
    public List<ListenAddress> limit(List<ListenAddress> all, boolean asked) throws IOException {
        var kept = new ArrayList<ListenAddress>();
        for (ListenAddress address : all) {
            if (admits(address.host())) kept.add(address);
            else if (asked && !ListenAddress.everywhere(address.host()))
                throw new IOException("cannot listen on " + address + ": Address family for hostname not supported");
        }
        return List.copyOf(kept);
    }

    private boolean admits(String host) {
        boolean six = host.contains(":");
        boolean four = FOUR.matcher(host).matches();
        return this == ANY || !(six || four) || (this == IPV6) == six;
    }
}
