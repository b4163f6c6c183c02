"""journal.py PROGRAM WORD...: starts it as systemd does that writes its standard error into the journal; prints what comes there until it listens."""

import os
import socket
import subprocess
import sys

ours, its = socket.socketpair()
stream = os.fstat(its.fileno())
environment = dict(os.environ, JOURNAL_STREAM="%d:%d" % (stream.st_dev, stream.st_ino))
program = subprocess.Popen(sys.argv[1:], stderr=its, env=environment)
its.close()
for line in ours.makefile():
    sys.stdout.write(line)
    if "listening on" in line:
        program.terminate()
sys.exit(program.wait())
