package org.cobnut.systemd;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.cobnut.lifecycle.ServiceManager;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends lines of sd_notify(3) to the socket that NOTIFY_SOCKET names; does nothing without it. Java has no datagrams on
 * unix sockets, Netty's native code has. Thread-safe; never blocks, and logs a message that cannot be sent once.
 */
@Component
public final class Notifier implements ServiceManager {
    private static final Logger log = LoggerFactory.getLogger(Notifier.class);
    private static final int MOST = 4096;

    private final byte[] address;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(MOST);
    private @Nullable Socket socket;
    private boolean failing;

    /** For the service manager that started this process. */
    @Activate
    public Notifier() {
        this(Optional.ofNullable(System.getenv("NOTIFY_SOCKET")));
    }

    Notifier(Optional<String> path) {
        address = path.map(Notifier::address).orElse(new byte[0]);
        if (address.length == 0) return;
        if (Epoll.isAvailable()) socket = Socket.newSocketDomainDgram();
        else
            log.warn(
                    "systemd gets no messages, because Netty's native code is missing: {}",
                    String.valueOf(Epoll.unavailabilityCause()));
    }

    @Override
    public synchronized void send(String lines) {
        if (socket == null) return;
        byte[] bytes = lines.getBytes(StandardCharsets.UTF_8);
        buffer.clear().put(bytes, 0, Math.min(bytes.length, MOST));
        try {
            boolean sent = socket.sendToDomainSocket(buffer, 0, buffer.position(), address) > 0;
            if (!sent) throw new IOException("its queue is full");
            failing = false;
        } catch (IOException failed) {
            if (!failing) log.warn("cannot send {} to systemd: {}", lines, failed.getMessage());
            failing = true;
        }
    }

    @Deactivate
    synchronized void close() throws IOException {
        Socket open = socket;
        socket = null;
        if (open != null) open.close();
    }

    /** A name that begins with @ is one of the abstract name space, and has a zero there. */
    private static byte[] address(String path) {
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0 && bytes[0] == '@') bytes[0] = 0;
        return bytes;
    }
}
