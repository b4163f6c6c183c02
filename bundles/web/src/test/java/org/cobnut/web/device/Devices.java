package org.cobnut.web.device;

import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.cobnut.device.DriverFigures;
import org.cobnut.device.Logins;
import org.cobnut.model.Health;
import org.cobnut.model.Names;
import org.cobnut.model.Snapshot;
import org.cobnut.model.VarType;
import org.cobnut.model.Variable;

/** Makes devices for tests. */
public final class Devices {
    private Devices() {}

    /** A fresh device with these variables, a name and a value each in turn. */
    public static Device fresh(String name, String... variables) {
        return device(name, new Health.Fresh(), variables);
    }

    /** The same in any health. */
    public static Device device(String name, Health health, String... variables) {
        return new Device(
                name,
                "",
                "",
                snapshot(health, variables),
                DriverFigures.NONE,
                false,
                List.of(new Logins.Client("mon", "::1")));
    }

    /** A snapshot with these variables. */
    public static Snapshot snapshot(Health health, String... variables) {
        var all = new TreeMap<String, Variable>(Names.ORDER);
        for (int i = 0; i < variables.length; i += 2)
            all.put(variables[i], new Variable(variables[i], variables[i + 1], VarType.READ_ONLY));
        return new Snapshot(Instant.EPOCH, health, all, new TreeSet<>(Names.ORDER));
    }
}
