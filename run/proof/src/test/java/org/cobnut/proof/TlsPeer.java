package org.cobnut.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;

/** Python's TLS behind STARTTLS, which verifies the server by an authority and a name. */
record TlsPeer(House house, String authority) {
    private static final String PYTHON = """
            import socket, ssl, sys
            port, authority, host, own, ask = int(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4], sys.argv[5]
            s = socket.create_connection(('127.0.0.1', port), 30)
            s.sendall(b'STARTTLS\\n')
            print(s.recv(100).decode(), end='')
            c = ssl.create_default_context(cafile=authority)
            if own: c.load_cert_chain(own)
            try:
                t = c.wrap_socket(s, server_hostname=host)
                t.sendall((ask + '\\nLOGOUT\\n').encode())
                for got in iter(lambda: t.recv(1000), b''):
                    print(got.decode(), end='')
            except ssl.SSLCertVerificationError as e:
                print(e.verify_message)
            except ssl.SSLError as e:
                print(e.reason)
            except ConnectionError:
                print('RESET')
            """;

    /** What comes back, or why it does not; with the certificate and key of a file, or an empty name for none. */
    String ask(String host, String own, String lines) throws IOException {
        House.Ran ran =
                house.run("/usr/bin/python3", "-c", PYTHON, String.valueOf(house.port), authority, host, own, lines);
        assertThat(ran.errors()).isEmpty();
        return ran.out();
    }
}
