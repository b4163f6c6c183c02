package org.cobnut.certificates;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds the names and addresses by which clients may reach this machine. */
public final class HostNames {
    private static final Pattern HOST = Pattern.compile(
            "(\\*\\.)?[A-Za-z0-9]([A-Za-z0-9_-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9_-]*[A-Za-z0-9])?)*");
    private static final Pattern FOUR = Pattern.compile("[0-9.]+");
    private static final List<String> HERE = List.of("localhost", "127.0.0.1", "::1");

    private HostNames() {}

    /** Returns the given names, or else those that can be found out, and this machine's names for itself. */
    static List<String> of(List<String> given) throws IOException {
        Set<String> names = new LinkedHashSet<>();
        for (String name : given) names.add(proper(name));
        if (given.isEmpty()) names.addAll(found());
        names.addAll(HERE);
        return List.copyOf(names);
    }

    /** As keytool's option for alternative names wants it. */
    static String extension(List<String> names) {
        var all = new ArrayList<String>();
        for (String name : names) all.add((address(name) ? "ip:" : "dns:") + name);
        return "san=" + String.join(",", all);
    }

    private static boolean address(String name) {
        return name.indexOf(':') >= 0 || FOUR.matcher(name).matches();
    }

    private static String proper(String name) {
        try {
            if (address(name)) {
                // A text with a colon or of digits is never looked up.
                String address = InetAddress.getByName(name).getHostAddress();
                if (name.indexOf(':') >= 0 || address.equals(name)) return name;
            } else if (HOST.matcher(name).matches() && name.length() <= 253) return name;
        } catch (UnknownHostException wrong) {
            throw new IllegalArgumentException("not a name of a host, nor an address: " + name, wrong);
        }
        throw new IllegalArgumentException("not a name of a host, nor an address: " + name);
    }

    private static List<String> found() throws IOException {
        var names = new LinkedHashSet<String>();
        try {
            InetAddress own = InetAddress.getLocalHost();
            for (String name : List.of(own.getCanonicalHostName(), own.getHostName()))
                if (HOST.matcher(name).matches() && !address(name)) names.add(name);
        } catch (UnknownHostException nameless) {
            names.clear(); // then its addresses are all there is
        }
        for (NetworkInterface each : NetworkInterface.networkInterfaces().toList())
            for (InetAddress address : each.inetAddresses().toList())
                if (!address.isLoopbackAddress() && !address.isLinkLocalAddress())
                    names.add(address.getHostAddress().replaceFirst("%.*", ""));
        return List.copyOf(names);
    }
}
