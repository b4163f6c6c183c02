package org.cobnut.runtime.section;

import java.util.Locale;
import org.osgi.framework.BundleContext;

/**
 * Which sections this process runs: in the whole program all but those that want a process of their own, in the server
 * alone none, and in a driver alone the one that it was started for, whatever that wants.
 *
 * @param program the framework property cobnut.program; empty for the whole program
 * @param ups the framework property cobnut.ups: the section that a driver alone was started for
 */
public record SectionFilter(String program, String ups) {
    public static final String PROGRAM = "cobnut.program";
    public static final String UPS = "cobnut.ups";

    /** Reads what this process runs from the properties of the framework. */
    public static SectionFilter of(BundleContext context) {
        return new SectionFilter(property(context, PROGRAM), property(context, UPS));
    }

    /** Returns whether this process runs a section. */
    public boolean holds(DeviceConfig section) {
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
