"""A pseudo-terminal driven by lines on standard input: prints its path, then one line for each order.

    send HEX    puts these bytes on the line
    receive N   waits for N bytes and prints them in hex
    speed       prints the input speed that the other side has set
    lock        prints whether another program could lock the line: free or held
    hang        closes the line
"""
import fcntl, os, sys, termios, tty

master, slave = os.openpty()
tty.setraw(slave)
print(os.ttyname(slave), flush=True)
for order in sys.stdin:
    word, _, rest = order.strip().partition(" ")
    answer = "ok"
    if word == "send":
        os.write(master, bytes.fromhex(rest))
    elif word == "receive":
        got = b""
        while len(got) < int(rest):
            got += os.read(master, int(rest) - len(got))
        answer = got.hex()
    elif word == "speed":
        answer = {termios.B2400: "2400", termios.B9600: "9600"}.get(termios.tcgetattr(slave)[4], "other")
    elif word == "lock":
        other = os.open(os.ttyname(slave), os.O_RDWR | os.O_NOCTTY)
        try:
            fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
            answer = "free"
        except OSError:
            answer = "held"
        os.close(other)
    elif word == "hang":
        os.close(master)
        os.close(slave)
    print(answer, flush=True)
