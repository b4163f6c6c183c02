package org.cobnut.drivers.upower;

import java.util.List;
import org.freedesktop.dbus.DBusPath;
import org.freedesktop.dbus.annotations.DBusInterfaceName;
import org.freedesktop.dbus.annotations.DBusMemberName;
import org.freedesktop.dbus.interfaces.DBusInterface;

/** What UPower offers on the bus. Public, for a proxy of dbus-java stands behind it. */
@DBusInterfaceName(UpowerDevice.SERVICE)
public interface UpowerManager extends DBusInterface {
    /** The paths of all devices. */
    @DBusMemberName("EnumerateDevices")
    List<DBusPath> devices();
}
