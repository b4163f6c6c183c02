package org.cobnut.notify.mail;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Remembers the open sockets of a sender, so that they can be closed while the library waits for an answer on them. */
final class OpenSockets {
    private static final Logger log = LoggerFactory.getLogger(OpenSockets.class);

    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /** Closes what is open. */
    void closeAll() {
        for (Socket socket : List.copyOf(open)) {
            open.remove(socket);
            try {
                socket.close();
            } catch (IOException broken) {
                log.debug("{} was broken when it was closed", socket, broken);
            }
        }
    }

    private Socket kept(Socket socket) {
        open.removeIf(Socket::isClosed);
        open.add(socket);
        return socket;
    }

    /** Makes sockets in clear text. */
    SocketFactory plain() {
        var factory = SocketFactory.getDefault();
        return new SocketFactory() {
            @Override
            public Socket createSocket() throws IOException {
                return kept(factory.createSocket());
            }

            @Override
            public Socket createSocket(String host, int port) throws IOException {
                return kept(factory.createSocket(host, port));
            }

            @Override
            public Socket createSocket(String host, int port, InetAddress from, int own) throws IOException {
                return kept(factory.createSocket(host, port, from, own));
            }

            @Override
            public Socket createSocket(InetAddress host, int port) throws IOException {
                return kept(factory.createSocket(host, port));
            }

            @Override
            public Socket createSocket(InetAddress host, int port, InetAddress from, int own) throws IOException {
                return kept(factory.createSocket(host, port, from, own));
            }
        };
    }

    /** Makes sockets with TLS. */
    SSLSocketFactory secure(SSLSocketFactory factory) {
        return new SSLSocketFactory() {
            @Override
            public Socket createSocket() throws IOException {
                return kept(factory.createSocket());
            }

            @Override
            public Socket createSocket(Socket socket, String host, int port, boolean autoClose) throws IOException {
                return kept(factory.createSocket(socket, host, port, autoClose));
            }

            @Override
            public Socket createSocket(String host, int port) throws IOException {
                return kept(factory.createSocket(host, port));
            }

            @Override
            public Socket createSocket(String host, int port, InetAddress from, int own) throws IOException {
                return kept(factory.createSocket(host, port, from, own));
            }

            @Override
            public Socket createSocket(InetAddress host, int port) throws IOException {
                return kept(factory.createSocket(host, port));
            }

            @Override
            public Socket createSocket(InetAddress host, int port, InetAddress from, int own) throws IOException {
                return kept(factory.createSocket(host, port, from, own));
            }

            @Override
            public String[] getDefaultCipherSuites() {
                return factory.getDefaultCipherSuites();
            }

            @Override
            public String[] getSupportedCipherSuites() {
                return factory.getSupportedCipherSuites();
            }
        };
    }
}
