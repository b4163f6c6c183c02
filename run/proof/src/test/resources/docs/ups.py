"""A UPS that speaks Megatec, behind a serial server at port 4001, and reports half of its battery voltage."""

import socketserver

ANSWERS = {
    b"Q1\r": b"(230.0 000.0 230.0 010 50.0 13.6 25.0 00000000\r",
    b"F\r": b"#230.0 004 24.00 50.0\r",
    b"I\r": b"#Acme            Model 1000 V1.0      \r",
}

class Ups(socketserver.StreamRequestHandler):
    def handle(self):
        asked = b""
        for byte in iter(lambda: self.rfile.read(1), b""):
            asked += byte
            if byte == b"\r":
                self.wfile.write(ANSWERS.get(asked, asked))
                asked = b""


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


Server(("127.0.0.1", 4001), Ups).serve_forever()
