"""UPower's end of a bus: python3 upower.py ADDRESS

Prints "ready". On standard input: NAME VALUE sets a property of the UPS and tells of it, then prints "set".
"""
import sys
import dbus, dbus.service
from dbus.mainloop.glib import DBusGMainLoop
from gi.repository import GLib

PROPERTIES = "org.freedesktop.DBus.Properties"
DEVICE = "org.freedesktop.UPower.Device"
PATH = "/org/freedesktop/UPower"


class Manager(dbus.service.Object):
    @dbus.service.method("org.freedesktop.UPower", out_signature="ao")
    def EnumerateDevices(self):
        return [PATH + "/devices/line_power_AC", PATH + "/devices/ups_hiddev0"]


class Device(dbus.service.Object):
    def __init__(self, bus, name, values):
        super().__init__(bus, PATH + "/devices/" + name)
        self.values = values

    @dbus.service.method(PROPERTIES, in_signature="s", out_signature="a{sv}")
    def GetAll(self, interface):
        return self.values if interface == DEVICE else {}

    @dbus.service.signal(PROPERTIES, signature="sa{sv}as")
    def PropertiesChanged(self, interface, changed, gone):
        pass


def order(source, condition):
    words = sys.stdin.readline().split()
    if not words:
        loop.quit()
        return False
    value = type(ups.values[words[0]])(float(words[1]))
    ups.values[words[0]] = value
    ups.PropertiesChanged(DEVICE, {words[0]: value}, [])
    print("set", flush=True)
    return True


DBusGMainLoop(set_as_default=True)
bus = dbus.bus.BusConnection(sys.argv[1])
manager = Manager(bus, PATH)
line = Device(bus, "line_power_AC", {"Type": dbus.UInt32(1), "Online": dbus.Boolean(True)})
ups = Device(bus, "ups_hiddev0", {
    "Type": dbus.UInt32(3), "Vendor": "Acme ", "Model": "Home 650", "Serial": "", "IsPresent": dbus.Boolean(True),
    "Percentage": dbus.Double(93.4), "Voltage": dbus.Double(13.654), "Temperature": dbus.Double(0.0),
    "TimeToEmpty": dbus.Int64(1260), "State": dbus.UInt32(4), "Technology": dbus.UInt32(4),
    "WarningLevel": dbus.UInt32(1)})
name = dbus.service.BusName("org.freedesktop.UPower", bus)
loop = GLib.MainLoop()
GLib.io_add_watch(0, GLib.PRIORITY_DEFAULT, GLib.IO_IN | GLib.IO_HUP, order)
print("ready", flush=True)
loop.run()
