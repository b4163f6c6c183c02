"""An I2C bus and a GPIO chip in user space, on umockdev: the far end of org.cobnut.drivers.boards.EmulatedBoard.

  out  ready FOLDER | ok | write ADDRESS REGISTER HEX
  in   set ADDRESS REGISTER HEX | forget ADDRESS REGISTER | lines HEX | handle NUMBER | written
"""

import struct
import sys
import threading

import gi

gi.require_version("UMockdev", "1.0")
from gi.repository import GLib, UMockdev  # noqa: E402

EREMOTEIO, ENOTTY = 121, 25
LOCK = threading.RLock()


def say(*words):
    sys.stdout.write(" ".join(str(word) for word in words) + "\n")
    sys.stdout.flush()


class Board:
    def __init__(self):
        self.registers = {}
        self.addresses = {}
        self.lines = 0
        self.handle = -1
        self.asked = []
        self.writes = []
        self.testbed = UMockdev.Testbed.new()
        self.handlers = []
        for name, subsystem, answer in (("i2c-1", "i2c-dev", self.i2c), ("gpiochip0", "gpio", self.gpio)):
            handler = UMockdev.IoctlBase.new()
            handler.connect("handle-ioctl", self.handler(answer))
            self.testbed.attach_ioctl("/dev/" + name, handler)
            self.handlers.append(handler)
            self.testbed.add_from_string(
                "P: /devices/%s\nN: %s\nE: DEVNAME=/dev/%s\nE: SUBSYSTEM=%s\n\n" % (name, name, name, subsystem))

    def handler(self, answer):
        def handle(_handler, client):
            with LOCK:
                result, errno = answer(client, client.get_request() & 0xFFFFFFFF, client.get_arg())
                if client.get_connected():
                    client.complete(result, errno)
            return True
        return handle

    def i2c(self, client, request, arg):
        if request == 0x0703:
            self.addresses[client] = struct.unpack("<Q", bytes(arg.retrieve()[:8]))[0] & 0x7F
            return 0, 0
        if request != 0x0720:
            return -1, ENOTTY
        data = arg.resolve(0, 16)
        read, register, size = struct.unpack_from("<BB2xI", bytes(data.retrieve()))
        key = (self.addresses.get(client), register)
        block = data.resolve(8, 34)
        if read == 0:
            value = bytes(block.retrieve())[:1 if size == 2 else 2]
            self.registers[key] = value
            self.writes.append("%02x:%02x:%s" % (key[0], register, value.hex()))
            return 0, 0
        value = self.registers.get(key)
        if value is None:
            return -1, EREMOTEIO
        if size == 5:
            value = bytes([len(value)]) + value
        elif size == 8:
            value = bytes(block.retrieve())[:1] + value
        block.update(0, list(value))
        return 0, 0

    def gpio(self, _client, request, arg):
        if request == 0x8044B401:
            arg.resolve(0, 68).update(64, list(struct.pack("<I", 8)))
            return 0, 0
        if request == 0xC250B407:
            asked = arg.resolve(0, 592)
            raw = bytes(asked.retrieve())
            count = struct.unpack_from("<I", raw, 560)[0]
            if struct.unpack_from("<Q", raw, 288)[0] != 4:
                return -1, 22
            self.asked = list(struct.unpack_from("<%dI" % count, raw))
            asked.update(588, list(struct.pack("<i", self.handle)))
            return 0, 0
        if request == 0xC010B40E:
            values = arg.resolve(0, 16)
            mask = struct.unpack_from("<Q", bytes(values.retrieve()), 8)[0]
            bits = sum(1 << i for i, line in enumerate(self.asked) if self.lines >> line & 1) & mask
            values.update(0, list(struct.pack("<Q", bits)))
            return 0, 0
        return -1, ENOTTY

    def take(self, line):
        words = line.split()
        if words[0] == "set":
            self.registers[int(words[1], 16), int(words[2], 16)] = bytes.fromhex(words[3])
        elif words[0] == "forget":
            self.registers.pop((int(words[1], 16), int(words[2], 16)), None)
        elif words[0] == "lines":
            self.lines = int(words[1], 16)
        elif words[0] == "handle":
            self.handle = int(words[1])
        elif words[0] == "written":
            say("writes", *self.writes)
            self.writes.clear()
            return
        say("ok")


def read(board, loop):
    for line in sys.stdin:
        with LOCK:
            board.take(line)
    loop.quit()


board = Board()
loop = GLib.MainLoop()
threading.Thread(target=read, args=(board, loop), daemon=True).start()
say("ready", board.testbed.get_root_dir())
loop.run()
