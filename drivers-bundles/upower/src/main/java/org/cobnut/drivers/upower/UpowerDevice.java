package org.cobnut.drivers.upower;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.freedesktop.dbus.DBusPath;
import org.freedesktop.dbus.connections.impl.DBusConnection;
import org.freedesktop.dbus.connections.impl.DBusConnectionBuilder;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.exceptions.DBusExecutionException;
import org.freedesktop.dbus.interfaces.Properties;
import org.freedesktop.dbus.types.Variant;

/** One device of UPower, and the connection to the bus that it is asked over. */
final class UpowerDevice implements AutoCloseable {
    static final String SERVICE = "org.freedesktop.UPower";

    private static final String DEVICE = SERVICE + ".Device";
    private static final String MANAGER = "/org/freedesktop/UPower";
    private static final String DEVICES = MANAGER + "/devices/";
    private static final int UPS = 3;

    private final DBusConnection connection;
    private final String path;

    private UpowerDevice(DBusConnection connection, String path) {
        this.connection = connection;
        this.path = path;
    }

    /**
     * Finds the device.
     *
     * @param port its path, the last part of it, or {@code auto} for the first UPS
     * @param changed called whenever UPower says that the device has changed, on a thread of the connection
     */
    static UpowerDevice open(String bus, String port, Runnable changed) throws IOException {
        DBusConnection connection = connect(bus);
        boolean found = false;
        try {
            String path = find(connection, port);
            connection.addSigHandler(Properties.PropertiesChanged.class, signal -> {
                if (path.equals(signal.getPath())) changed.run();
            });
            found = true;
            return new UpowerDevice(connection, path);
        } catch (DBusException | DBusExecutionException e) {
            throw new IOException(
                    "UPower does not answer on the system's bus: %s; is the package upower installed?"
                            .formatted(e.getMessage()),
                    e);
        } finally {
            if (!found) connection.disconnect();
        }
    }

    private static DBusConnection connect(String bus) throws IOException {
        try {
            return DBusConnectionBuilder.forAddress(bus).withShared(false).build();
        } catch (DBusException | RuntimeException e) {
            throw new IOException(
                    "the bus at %s cannot be reached: %s; is dbus running?".formatted(bus, e.getMessage()), e);
        }
    }

    private static String find(DBusConnection connection, String port) throws IOException, DBusException {
        List<String> paths = connection.getRemoteObject(SERVICE, MANAGER, UpowerManager.class).devices().stream()
                .map(DBusPath::getPath)
                .toList();
        boolean any = port.isBlank() || port.equals("auto");
        var there = new ArrayList<String>();
        for (String path : paths) {
            String name = path.startsWith(DEVICES) ? path.substring(DEVICES.length()) : path;
            if (!any && (port.equals(path) || port.equals(name))) return path;
            if (any && properties(connection, path).get("Type") instanceof Number type && type.intValue() == UPS)
                return path;
            there.add(name);
        }
        throw new IOException("UPower has no %s; it has: %s"
                .formatted(any ? "UPS" : "device " + port, there.isEmpty() ? "nothing" : String.join(", ", there)));
    }

    /** What UPower says of the device now, by the names of its properties. */
    Map<String, Object> properties() throws IOException {
        try {
            return properties(connection, path);
        } catch (DBusException | DBusExecutionException e) {
            throw new IOException("UPower does not tell of %s: %s".formatted(path, e.getMessage()), e);
        }
    }

    private static Map<String, Object> properties(DBusConnection connection, String path) throws DBusException {
        Map<String, Variant<?>> all =
                connection.getRemoteObject(SERVICE, path, Properties.class).GetAll(DEVICE);
        var values = new HashMap<String, Object>();
        all.forEach((name, value) -> values.put(name, value.getValue()));
        return values;
    }

    @Override
    public void close() {
        connection.disconnect();
    }
}
