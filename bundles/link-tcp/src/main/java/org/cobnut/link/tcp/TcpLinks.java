package org.cobnut.link.tcp;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.cobnut.link.ByteLink;
import org.cobnut.link.LinkProvider;
import org.cobnut.link.LinkRequest;
import org.cobnut.link.SerialParameters;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/**
 * Opens connections over TCP ({@code tcp:HOST:PORT}). A session that says how a serial line is set has a serial server
 * before it, behind which only one session may talk to the device; it leases the port, unless its section says nolock. The
 * serial server itself sets speed and frame of its line.
 */
@Component(property = {LinkProvider.KIND + "=org.cobnut.link.ByteLink", LinkProvider.SCHEME + "=tcp"})
public final class TcpLinks implements LinkProvider {
    private static final Duration RESOLVE = Duration.ofSeconds(10);

    /** How long each address of the host may take to accept. */
    private static final Duration CONNECT = Duration.ofSeconds(5);

    /** Far longer than any request takes. */
    private static final Duration WRITE = Duration.ofSeconds(10);

    /** So many addresses are tried that an opening ends before the runtime's deadline of 60 s. */
    private static final int ADDRESSES = 8;

    private final Set<TcpLink> open = ConcurrentHashMap.newKeySet();
    private final Duration connect;
    private final Duration write;
    private volatile boolean stopped;

    /** Called by Declarative Services. */
    public TcpLinks() {
        this(CONNECT, WRITE);
    }

    /**
     * @param connect how long each address of the host may take to accept
     * @param write how long a peer may take no bytes
     */
    TcpLinks(Duration connect, Duration write) {
        this.connect = connect;
        this.write = write;
    }

    @Override
    public ByteLink open(LinkRequest request) throws IOException {
        var address = TcpAddress.of(request.port());
        boolean serial = request.parameters(SerialParameters.class)
                .filter(SerialParameters::exclusive)
                .isPresent();
        if (serial && !request.shared() && !request.lease(address.text()))
            throw new IOException(address.text() + " is in use by another section of ups.conf");
        TcpLink link = connect(address);
        open.add(link);
        if (stopped) link.close();
        return link;
    }

    /** The connections go with the bundle; whoever still reads one is told that it is closed. */
    @Deactivate
    void stop() {
        stopped = true;
        open.forEach(TcpLink::close);
    }

    private TcpLink connect(TcpAddress address) throws IOException {
        var failure = new IOException(address.text() + " has no address");
        for (InetSocketAddress each :
                address.resolve(RESOLVE).stream().limit(ADDRESSES).toList()) {
            var link = new TcpLink(address.text(), write, open::remove);
            try {
                link.connect(each, connect);
                return link;
            } catch (InterruptedIOException interrupted) {
                link.close();
                throw interrupted;
            } catch (IOException next) {
                link.close();
                failure = next;
            }
        }
        throw failure;
    }
}
