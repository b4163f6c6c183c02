"""A USB bus in user space, on umockdev: the far end of org.cobnut.testkit.usb.UsbBus.

It answers what usbfs answers and knows no device: each transfer goes to standard output as a line, and its result comes back on
standard input.

  out  ready FOLDER | plugged PATH NUMBER | unplugged PATH
       urb ID PATH TYPE ENDPOINT LENGTH HEX      a transfer; of a control transfer the 8 bytes of the request come first
       gone ID                                   whoever waited for it has given up
       claim PATH INTERFACE | release PATH INTERFACE | detach PATH INTERFACE | attach PATH INTERFACE
       alternate PATH INTERFACE SETTING
  in   plug PATH SPEED KERNELDRIVER DESCRIPTORS [NAME=HEX ...] | unplug PATH | end ID ERRNO HEX
"""

import os
import struct
import sys
import threading

import gi

gi.require_version("UMockdev", "1.0")
from gi.repository import GLib, UMockdev  # noqa: E402

EPIPE, ENOENT, ENODEV, EBUSY, EAGAIN, ENODATA, ENOTTY, EINVAL = 32, 2, 19, 16, 11, 61, 25, 22
URB_SIZE = 56
CONTROL = 2
# An idle reap waits so long, for the node always polls ready and the caller would spin.
IDLE_MILLIS = 1

HUB = "/sys/devices/pci0000:00/0000:00:14.0/usb1"
HUB_DESCRIPTORS = bytes.fromhex(
    "12010002090001406b1d020010050302010109021900010100e0000904000001090000000705810304000c")


# umockdev calls handlers on a thread of its own.
LOCK = threading.RLock()


def say(*words):
    sys.stdout.write(" ".join(str(word) for word in words) + "\n")
    sys.stdout.flush()


class Urb:
    def __init__(self, device, owner, data, buffer, kind):
        self.device = device
        self.owner = owner
        self.data = data
        self.buffer = buffer
        self.kind = kind
        self.done = False


class Owner:
    """One open file of a node."""

    def __init__(self):
        self.finished = []
        self.waiting = None


class Device:
    def __init__(self, bus, path, number, driver):
        self.bus = bus
        self.path = path
        self.number = number
        self.driver = driver
        self.gone = False
        self.owners = {}
        self.claims = {}
        self.detached = set()
        self.urbs = {}

    def owner(self, client):
        if client not in self.owners:
            self.owners[client] = Owner()
            client.connect("notify::connected", self.closed)
        return self.owners[client]

    def closed(self, client, _property):
        with LOCK:
            self.forget(client)

    def forget(self, client):
        if client.get_connected():
            return
        self.owners.pop(client, None)
        for urb_id, urb in list(self.urbs.items()):
            if urb.owner is client:
                del self.urbs[urb_id]
                say("gone", urb_id)
        for interface, owner in list(self.claims.items()):
            if owner is client:
                del self.claims[interface]
                say("release", self.path, interface)

    def handle(self, _handler, client):
        with LOCK:
            answer = self.answer(client, client.get_request() & 0xFFFFFFFF, client.get_arg())
            if answer is not None:
                done(client, *answer)
        return True

    def answer(self, client, request, arg):
        owner = self.owner(client)
        if request in (0x4008550C, 0x4008550D):
            return self.reap(client, owner, arg, request == 0x4008550D)
        if self.gone:
            return -1, ENODEV
        if request == 0x8038550A:
            return self.submit(client, arg)
        if request == 0x550B:
            return self.discard(arg)
        if request == 0x8004551A:
            arg.resolve(0, 4).update(0, list(struct.pack("<I", 0x05)))
            return 0, 0
        if request == 0x41045508:
            return self.get_driver(arg)
        if request == 0xC0105512:
            return self.driver_request(arg)
        if request == 0x8004550F:
            return self.claim(client, number(arg))
        if request == 0x8108551B:
            self.detach(number(arg))
            return self.claim(client, number(arg))
        if request == 0x80045510:
            return self.release(client, number(arg))
        if request == 0x80085504:
            interface, setting = struct.unpack("<II", bytes(arg.resolve(0, 8).retrieve()[:8]))
            say("alternate", self.path, interface, setting)
            return 0, 0
        if request in (0x5514, 0x80045515, 0x80045505):
            return 0, 0
        if request == 0x551F:
            return 3, 0
        return -1, ENOTTY

    def get_driver(self, arg):
        asked = arg.resolve(0, 260)
        interface = struct.unpack("<I", bytes(asked.retrieve()[:4]))[0]
        name = "usbfs" if interface in self.claims else self.kernel_driver(interface)
        if not name:
            return -1, ENODATA
        asked.update(4, list(name.encode().ljust(256, b"\0")))
        return 0, 0

    def kernel_driver(self, interface):
        return "" if self.driver == "-" or interface in self.detached else self.driver

    def driver_request(self, arg):
        interface, code = struct.unpack("<iI", bytes(arg.resolve(0, 16).retrieve()[:8]))
        if code == 0x5516:
            if not self.kernel_driver(interface):
                return -1, ENODATA
            self.detach(interface)
            return 0, 0
        if code == 0x5517:
            self.detached.discard(interface)
            say("attach", self.path, interface)
            return 1, 0
        return -1, ENOTTY

    def detach(self, interface):
        if self.kernel_driver(interface):
            self.detached.add(interface)
            say("detach", self.path, interface)

    def claim(self, client, interface):
        if self.kernel_driver(interface) or self.claims.get(interface, client) is not client:
            return -1, EBUSY
        self.claims[interface] = client
        say("claim", self.path, interface)
        return 0, 0

    def release(self, client, interface):
        if self.claims.get(interface) is not client:
            return -1, EINVAL
        del self.claims[interface]
        say("release", self.path, interface)
        return 0, 0

    def submit(self, client, arg):
        data = arg.resolve(0, URB_SIZE)
        raw = bytes(data.retrieve())
        kind, endpoint = raw[0], raw[1]
        length = struct.unpack_from("<i", raw, 24)[0]
        buffer = data.resolve(16, length) if length else None
        sent = b""
        if buffer is not None:
            sent = bytes(buffer.retrieve())
            if kind != CONTROL and endpoint & 0x80:
                sent = b""
            if kind == CONTROL and sent[0] & 0x80:
                sent = sent[:8]
        urb_id = self.bus.next_urb()
        self.urbs[urb_id] = Urb(self, client, data, buffer, kind)
        say("urb", urb_id, self.path, kind, endpoint, length, sent.hex() or "-")
        return 0, 0

    def discard(self, arg):
        address = struct.unpack("<Q", bytes(arg.retrieve()[:8]))[0]
        for urb_id, urb in list(self.urbs.items()):
            if urb.data.client_addr == address:
                self.end(urb_id, ENOENT, b"")
                say("gone", urb_id)
                return 0, 0
        return -1, EINVAL

    def end(self, urb_id, errno, result):
        urb = self.urbs.pop(urb_id, None)
        if urb is None:
            return
        length = 0
        if urb.buffer is not None and errno == 0:
            offset = 8 if urb.kind == CONTROL else 0
            if result is None:
                length = struct.unpack_from("<i", bytes(urb.data.retrieve()), 24)[0] - offset
            elif result:
                length = len(result)
                urb.buffer.update(offset, list(result))
        urb.data.update(4, list(struct.pack("<i", -errno)))
        urb.data.update(28, list(struct.pack("<i", length)))
        owner = self.owners.get(urb.owner)
        if owner is None:
            return
        owner.finished.append(urb)
        if owner.waiting is not None:
            client, arg = owner.waiting
            owner.waiting = None
            done(client, *self.give(owner, arg))

    def reap(self, client, owner, arg, at_once):
        if owner.finished:
            return self.give(owner, arg)
        if self.gone:
            return -1, ENODEV

        waiting = (client, arg)

        def idle():
            with LOCK:
                if owner.waiting is waiting:
                    owner.waiting = None
                    done(client, -1, ENODEV if self.gone else EAGAIN)
            return False

        owner.waiting = waiting
        GLib.timeout_add(IDLE_MILLIS if at_once else 1000, idle)
        return None

    @staticmethod
    def give(owner, arg):
        urb = owner.finished.pop(0)
        arg.resolve(0, 8).set_ptr(0, urb.data)
        return 0, 0

    def unplug(self):
        self.gone = True
        for urb_id in list(self.urbs):
            self.end(urb_id, ENODEV, b"")


def done(client, result, errno):
    if client.get_connected():
        client.complete(result, errno)


def number(arg):
    return struct.unpack("<I", bytes(arg.resolve(0, 4).retrieve()[:4]))[0]


class Bus:
    def __init__(self):
        self.testbed = UMockdev.Testbed.new()
        self.devices = {}
        self.handlers = []
        self.urb = 0
        self.number = 1
        self.add("usb1", HUB, 1, HUB_DESCRIPTORS, "480", {})
        hub = Device(self, "usb1", 1, "-")
        hub.gone = True
        self.serve(hub, 1)

    def next_urb(self):
        self.urb += 1
        return self.urb

    def serve(self, device, number_on_bus):
        handler = UMockdev.IoctlBase.new()
        handler.connect("handle-ioctl", device.handle)
        self.testbed.attach_ioctl("/dev/bus/usb/001/%03d" % number_on_bus, handler)
        self.handlers.append(handler)

    def add(self, path, folder, number_on_bus, descriptors, speed, texts):
        vendor, product, release = struct.unpack_from("<HHH", descriptors, 8)
        lines = [
            "P: " + folder[4:],
            "N: bus/usb/001/%03d" % number_on_bus,
            "E: SUBSYSTEM=usb", "E: DEVTYPE=usb_device", "E: DRIVER=usb",
            "E: BUSNUM=001", "E: DEVNUM=%03d" % number_on_bus,
            "E: DEVNAME=/dev/bus/usb/001/%03d" % number_on_bus,
            "E: MAJOR=189", "E: MINOR=%d" % (number_on_bus - 1),
            "E: PRODUCT=%x/%x/%x" % (vendor, product, release),
            "A: busnum=1\\n", "A: devnum=%d\\n" % number_on_bus, "A: speed=%s\\n" % speed,
            "A: bConfigurationValue=1\\n", "A: bNumInterfaces= 1\\n", "A: bDeviceClass=%02x\\n" % descriptors[4],
            "A: idVendor=%04x\\n" % vendor, "A: idProduct=%04x\\n" % product, "A: bcdDevice=%04x\\n" % release,
            "H: descriptors=" + descriptors.hex().upper()]
        lines += ["A: %s=%s\\n" % (name, bytes.fromhex(value).decode()) for name, value in texts.items()]
        self.testbed.add_from_string("\n".join(lines) + "\n\n")

    def take(self, line):
        words = line.split()
        if words[0] == "plug":
            self.plug(words)
        elif words[0] == "unplug":
            self.remove(words[1])
        elif words[0] == "end":
            result = None if words[3] == "all" else bytes.fromhex("" if words[3] == "-" else words[3])
            for device in list(self.devices.values()):
                if int(words[1]) in device.urbs:
                    device.end(int(words[1]), int(words[2]), result)

    def plug(self, words):
        path, speed, driver, descriptors = words[1:5]
        self.number += 1
        device = Device(self, path, self.number, driver)
        self.devices[path] = device
        self.serve(device, self.number)
        texts = dict(word.split("=", 1) for word in words[5:])
        self.add(path, HUB + "/" + path, self.number, bytes.fromhex(descriptors), speed, texts)
        self.testbed.uevent(HUB + "/" + path, "add")
        say("plugged", path, self.number)

    def remove(self, path):
        device = self.devices.pop(path)
        device.unplug()
        self.testbed.uevent(HUB + "/" + path, "remove")
        self.testbed.remove_device(HUB + "/" + path)
        node = os.path.join(self.testbed.get_root_dir(), "dev/bus/usb/001/%03d" % device.number)
        if os.path.lexists(node):
            os.remove(node)
        say("unplugged", path)


def main():
    loop = GLib.MainLoop()
    bus = Bus()

    def one(line):
        with LOCK:
            bus.take(line)
        return False

    def read():
        for line in sys.stdin:
            GLib.idle_add(one, line, priority=GLib.PRIORITY_DEFAULT)
        GLib.idle_add(loop.quit)

    threading.Thread(target=read, daemon=True).start()
    say("ready", bus.testbed.get_root_dir())
    loop.run()


if __name__ == "__main__":
    main()
