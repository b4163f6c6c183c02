"""A pseudo-terminal, driven by lines on standard input: python3 pty_line.py LINK

    tx HEX...   puts these pieces on the line, with a rest of 15 ms between them
    hang        closes the line; prints done
    plug        opens a new one behind the same LINK; prints done

Prints "ready" at the start, "rx SPEED HEX" for what the other side has sent at that speed, and "quiet" after 0.3 s without
anything.
"""
import os, select, sys, termios, time, tty

link = sys.argv[1]
speeds = {getattr(termios, name): name[1:] for name in dir(termios) if name[0] == "B" and name[1:].isdigit()}


def plug():
    global master, slave
    master, slave = os.openpty()
    tty.setraw(slave)
    if os.path.islink(link):
        os.unlink(link)
    os.symlink(os.ttyname(slave), link)


def say(text):
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


orders, up = b"", True
plug()
say("ready")
while True:
    ready = select.select([0] + ([master] if up else []), [], [], 0.3)[0]
    if up and not ready:
        say("quiet")
    if up and master in ready:
        text = os.read(master, 256)
        say("rx %s %s" % (speeds.get(termios.tcgetattr(slave)[4], "0"), text.hex()))
    if 0 in ready:
        text = os.read(0, 65536)
        if not text:
            break
        orders += text
        while b"\n" in orders:
            order, orders = orders.split(b"\n", 1)
            words = order.decode().split()
            if words[0] == "tx":
                for i, piece in enumerate(words[1:]):
                    if i > 0:
                        time.sleep(0.015)
                    if up:
                        os.write(master, bytes.fromhex(piece))
            elif words[0] == "hang":
                os.close(master)
                os.close(slave)
                up = False
                say("done")
            elif words[0] == "plug":
                plug()
                up = True
                say("done")
