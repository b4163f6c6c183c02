package org.cobnut.runtime;

import java.util.Locale;
import org.osgi.framework.BundleContext;

/**
 * Which sections this process runs: in the whole program all but those that want a process of their own, in the server
 * alone none, and in a driver alone the one that it was started for, whatever that wants.
 *
 * @param program the framework property cobnut.program; empty for the whole program
 * @param ups the framework property cobnut.ups: the section that a driver alone was started for
 */
record SectionFilter(String program, String ups) {
    static final String PROGRAM = "cobnut.program";
    static final String UPS = "cobnut.ups";

    static SectionFilter of(BundleContext context) {
        return new SectionFilter(property(context, PROGRAM), property(context, UPS));
    }

    boolean holds(DeviceConfig section) {
        return switch (program.toLowerCase(Locale.ROOT)) {
            case "driver" -> section.ups().equalsIgnoreCase(ups);
            case "upsd" -> false;
            default -> !section.isolation().equals("process");
        };
    }

    private static String property(BundleContext context, String name) {
        String value = context.getProperty(name);
        return value == null ? "" : value;
    }
}
