"""logind's end of the system bus, as far as sleep goes: python3 logind.py ADDRESS

Prints "ready", then a line for each lock that is taken or let go. On standard input: sleep true, sleep false,
shutdown true, shutdown false.
"""
import os, sys
import dbus, dbus.service
from dbus.mainloop.glib import DBusGMainLoop
from gi.repository import GLib

MANAGER = "org.freedesktop.login1.Manager"


class Manager(dbus.service.Object):
    @dbus.service.method(MANAGER, in_signature="ssss", out_signature="h")
    def Inhibit(self, what, who, why, mode):
        ours, theirs = os.pipe()
        print("locked", what, who, mode, flush=True)
        GLib.io_add_watch(ours, GLib.PRIORITY_DEFAULT, GLib.IO_HUP, self.unlocked)
        lock = dbus.types.UnixFd(theirs)
        os.close(theirs)
        return lock

    def unlocked(self, lock, condition):
        os.close(lock)
        print("unlocked", flush=True)
        return False

    @dbus.service.signal(MANAGER, signature="b")
    def PrepareForSleep(self, begins):
        pass

    @dbus.service.signal(MANAGER, signature="b")
    def PrepareForShutdown(self, begins):
        pass

    def order(self, source, condition):
        words = sys.stdin.readline().split()
        if not words:
            loop.quit()
            return False
        signal = self.PrepareForSleep if words[0] == "sleep" else self.PrepareForShutdown
        signal(words[1] == "true")
        return True


DBusGMainLoop(set_as_default=True)
bus = dbus.bus.BusConnection(sys.argv[1])
name = dbus.service.BusName("org.freedesktop.login1", bus)
manager = Manager(bus, "/org/freedesktop/login1")
loop = GLib.MainLoop()
GLib.io_add_watch(0, GLib.PRIORITY_DEFAULT, GLib.IO_IN | GLib.IO_HUP, manager.order)
print("ready", flush=True)
loop.run()
