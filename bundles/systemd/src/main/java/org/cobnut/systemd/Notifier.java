package org.cobnut.systemd;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends lines of sd_notify(3) to the socket that NOTIFY_SOCKET names; without it, nowhere. Java has no datagrams on unix
 * sockets, Netty's native code has. Any thread; never blocks, and a message that cannot be sent is told of once.
 */
@Component(service = Consumer.class, property = "cobnut.notify=true")
public final class Notifier implements Consumer<String> {
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
        else log.warn("systemd hears nothing of us: {}", String.valueOf(Epoll.unavailabilityCause()));
    }

    /** Sends lines, such as {@code READY=1}. */
    @Override
    public synchronized void accept(String lines) {
        if (socket == null) return;
        byte[] bytes = lines.getBytes(StandardCharsets.UTF_8);
        buffer.clear().put(bytes, 0, Math.min(bytes.length, MOST));
        try {
            boolean sent = socket.sendToDomainSocket(buffer, 0, buffer.position(), address) > 0;
            if (!sent) throw new IOException("its queue is full");
            failing = false;
        } catch (IOException failed) {
            if (!failing) log.warn("systemd did not hear {}: {}", lines, failed.toString());
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
