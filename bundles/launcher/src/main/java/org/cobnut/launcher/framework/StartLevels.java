package org.cobnut.launcher.framework;

import java.util.Map;

/** Assigns bundles to start levels. Bundles of one level start in the order of their file names. */
public final class StartLevels {
    /** The level of every bundle that is not named below: libraries, which start nothing. */
    static final int LIBRARY = 2;

    /** The level of the bundles that are dropped into the drivers directory: they outlive who calls them. */
    static final int DRIVERS = 5;

    /** The level of the last bundle that may find that it cannot do its work; what looks for drivers comes after it. */
    static final int SERVER = 7;

    /** The level of a framework that is all up. */
    static final int LAST = 10;

    // Logging first, so that every line has its form; configurations before SCR, so that components get them at once;
    // the hot-deploy directory last, when every user of drivers runs. They stop in the reverse order.
    private static final Map<String, Integer> BY_NAME = Map.ofEntries(
            Map.entry("org.ops4j.pax.logging.pax-logging-api", 1),
            Map.entry("cobnut.logback", 1),
            Map.entry("cobnut.conf", 3),
            Map.entry("org.apache.felix.configadmin", 3),
            Map.entry("org.apache.felix.metatype", 3),
            Map.entry("org.apache.felix.scr", 4),
            Map.entry("cobnut.recall", 3),
            Map.entry("cobnut.solo", 5),
            Map.entry("cobnut.runtime", 6),
            Map.entry("cobnut.upsd", SERVER),
            Map.entry("cobnut.deploy", SERVER),
            Map.entry("cobnut.upsmon", 9),
            Map.entry("cobnut.keeper", 8),
            Map.entry("cobnut.driversocket", 8),
            Map.entry("cobnut.shell", 9),
            Map.entry("org.apache.felix.gogo.runtime", 9),
            Map.entry("org.apache.felix.gogo.command", 9),
            Map.entry("org.apache.felix.fileinstall", 8));

    private StartLevels() {}

    static int of(String symbolicName) {
        return BY_NAME.getOrDefault(symbolicName, LIBRARY);
    }
}
