package org.cobnut.webconsole.ups;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Secrets;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** Adds sections to ups.conf, through Configuration Admin as every other form does. */
final class DeviceAddition {
    private static final String FACTORY = "cobnut.ups";

    private final BundleContext context;
    private final ConfigurationAdmin configurations;

    DeviceAddition(BundleContext context, ConfigurationAdmin configurations) {
        this.context = context;
        this.configurations = configurations;
    }

    /**
     * Adds a device.
     *
     * @param options further lines of its section, each {@code key = value} or {@code key}
     * @throws IOException saying why it is refused; then the file is as it was
     */
    void add(String name, String driver, String port, String description, List<String> options) throws IOException {
        if (name.isEmpty() || driver.isEmpty() || port.isEmpty())
            throw new IOException("a device needs a name, a driver and a port");
        if (!offered(driver))
            throw new IOException(
                    "no bundle here offers the driver %s; the page Drivers installs one".formatted(driver));
        Map<String, Object> values = new HashMap<>(Map.of("ups", name, "driver", driver, "port", port));
        if (!description.isEmpty()) values.put("desc", description);
        var open = new ArrayList<String>();
        var secret = new ArrayList<String>();
        for (String option : options) {
            String key = option.replaceFirst("=.*", "").strip();
            if (!key.isEmpty()) (Secrets.holds(key) ? secret : open).add(option.strip());
        }
        if (!open.isEmpty()) values.put("options", open.toArray(String[]::new));
        if (!secret.isEmpty()) values.put("passwords", secret.toArray(String[]::new));
        Configuration added = configurations.createFactoryConfiguration(FACTORY, "?");
        try {
            added.update(FrameworkUtil.asDictionary(values));
        } catch (IOException refused) {
            added.delete();
            throw refused;
        }
    }

    private boolean offered(String driver) {
        try {
            for (ServiceReference<Driver> service : context.getServiceReferences(Driver.class, null)) {
                Object names = service.getProperty(Driver.NAME);
                if (driver.equals(names)
                        || (names instanceof String[] all && List.of(all).contains(driver))) return true;
            }
            return false;
        } catch (InvalidSyntaxException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
