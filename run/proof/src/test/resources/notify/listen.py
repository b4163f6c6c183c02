# systemd's end of NOTIFY_SOCKET: each message as one line.
import socket, sys

s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
s.bind(sys.argv[1])
print("bound", flush=True)
while True:
    print(s.recv(8192).decode().replace("\n", " "), flush=True)
