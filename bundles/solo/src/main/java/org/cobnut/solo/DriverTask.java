package org.cobnut.solo;

import java.util.Map;

/** Says what a driver's program does with its device (nutupsdrv(8)). */
sealed interface DriverTask {
    /** Serve it until told to stop. */
    record Serve() implements DriverTask {}

    /** Option -d: print what is known after so many updates, and end. */
    record Dump(int updates) implements DriverTask {}

    /** Option -k: switch its load off, and end. */
    record Killpower() implements DriverTask {}

    /** As the launcher says it in framework properties. */
    static DriverTask of(Map<String, String> properties) {
        var dump = properties.getOrDefault("cobnut.driver.dump", "");
        if (!dump.isEmpty()) return new Dump(Integer.parseInt(dump));
        return properties.containsKey("cobnut.driver.killpower") ? new Killpower() : new Serve();
    }
}
