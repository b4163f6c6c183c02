package org.cobnut.runtime.link;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.cobnut.device.DeviceService;
import org.cobnut.link.ByteLink;
import org.cobnut.link.Link;
import org.cobnut.link.LinkParameters;
import org.cobnut.link.LinkProvider;
import org.cobnut.link.LinkRequest;
import org.cobnut.link.Links;
import org.cobnut.link.SerialLink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one session uses of the world. It owns every link that it hands out: {@link #close} closes them all, and refuses
 * those that are asked for after it, so that a driver's thread that comes back too late leaves nothing open.
 */
public final class SessionLinks implements Links, AutoCloseable {
    private static final String AUTO = "auto";
    private static final Logger log = LoggerFactory.getLogger(SessionLinks.class);

    private final LinkProviders providers;
    private final DeviceRegistry devices;
    private final User user;
    private final Runnable wakeUp;
    private final Runnable retry;
    private final List<Link> open = new ArrayList<>();
    private boolean closed;

    /**
     * Whose links these are.
     *
     * @param driver finds the device where the port is {@code auto}
     * @param named whether another section of this process names a port, which {@code auto} leaves to it
     * @param shared whether its section says {@code nolock}
     * @param configuration where relative names of files lead
     * @param tap what each link goes through before the session gets it
     * @param leaves asked before a link of native code is opened: whether it belongs into another process, which then takes
     *     the section over
     */
    public record User(
            String ups,
            String driver,
            Predicate<String> named,
            boolean shared,
            Path configuration,
            Tap tap,
            BooleanSupplier leaves) {}

    /** Puts a link between a session and its link, or does not. */
    public interface Tap {
        Tap NONE = (kind, port, link) -> link;

        Link tap(Class<? extends Link> kind, String port, Link link);
    }

    /**
     * Links for a new session.
     *
     * @param wakeUp asks for a poll of the session
     * @param retry opens the device again, called when what was missing is there
     */
    public SessionLinks(LinkProviders providers, DeviceRegistry devices, User user, Runnable wakeUp, Runnable retry) {
        this.providers = providers;
        this.devices = devices;
        this.user = user;
        this.wakeUp = wakeUp;
        this.retry = retry;
    }

    @Override
    public Path file(String name) {
        return name.startsWith(".") ? Path.of(name) : user.configuration().resolve(name);
    }

    @Override
    public <L extends Link> L open(Class<L> kind, String port, LinkParameters parameters) throws IOException {
        refuseWhenClosed(port);
        if (providers.runsNative(kind, port) && user.leaves().getAsBoolean())
            throw new IOException("port " + port + " is not opened: its driver runs in a process of its own");
        boolean find = port.equals(AUTO) && (kind == ByteLink.class || kind == SerialLink.class);
        Link found = find ? openFound(kind, parameters) : providers.open(new Request(kind, port, parameters), retry);
        Link link = user.tap().tap(kind, port, found);
        boolean kept;
        synchronized (this) {
            kept = !closed;
            if (kept) open.add(link);
        }
        if (!kept) link.close();
        refuseWhenClosed(port);
        return kind.cast(link);
    }

    @Override
    public Optional<DeviceService> device(String port) {
        Optional<DeviceService> found = devices.find(port, user.ups(), wakeUp);
        synchronized (this) {
            if (!closed) return found;
        }
        devices.forget(wakeUp);
        return Optional.empty();
    }

    @Override
    public void wake() {
        wakeUp.run();
    }

    /** Closes every link and gives the leased devices back. Any thread; harmless when repeated. */
    @Override
    public void close() {
        List<Link> all;
        synchronized (this) {
            closed = true;
            all = List.copyOf(open);
            open.clear();
        }
        for (Link link : all) close(link);
        providers.leases().free(this);
        devices.forget(wakeUp);
    }

    /** Opens the first serial port that has a device of the driver and that nobody has. */
    private Link openFound(Class<? extends Link> kind, LinkParameters parameters) throws IOException {
        List<String> ports = providers
                .finder()
                .find(user.driver(), user.named(), port -> providers.leases().taken(serial(port)));
        var failure = new IOException("port = auto: other sections have " + String.join(", ", ports));
        for (String port : ports) {
            refuseWhenClosed(port);
            if (!lease(serial(port))) continue;
            try {
                return providers.open(new Request(kind, port, parameters), retry);
            } catch (InterruptedIOException interrupted) {
                throw interrupted;
            } catch (IOException next) {
                failure = next;
            }
        }
        throw failure;
    }

    /** The name by which a provider of serial lines leases a port. */
    private static String serial(String port) {
        try {
            return LinkProvider.SERIAL + ":"
                    + (port.startsWith("/") ? Path.of(port).toRealPath() : port);
        } catch (IOException gone) {
            return LinkProvider.SERIAL + ":" + port;
        }
    }

    private void close(Link link) {
        try {
            link.close();
        } catch (RuntimeException | Error fault) {
            log.warn(
                    "UPS [{}]: the link {} could not be closed",
                    user.ups(),
                    link.getClass().getName(),
                    fault);
        }
    }

    private synchronized void refuseWhenClosed(String port) throws IOException {
        if (closed) throw new IOException("port " + port + " is not opened: the session that asks for it has ended");
    }

    private synchronized boolean lease(String device) {
        return !closed && providers.leases().take(device, this, retry);
    }

    /** What this session asks of a provider. */
    private final class Request implements LinkRequest {
        private final Class<? extends Link> kind;
        private final String port;
        private final LinkParameters parameters;

        Request(Class<? extends Link> kind, String port, LinkParameters parameters) {
            this.kind = kind;
            this.port = port;
            this.parameters = parameters;
        }

        @Override
        public Class<? extends Link> kind() {
            return kind;
        }

        @Override
        public String ups() {
            return user.ups();
        }

        @Override
        public String port() {
            return port;
        }

        @Override
        public <P extends LinkParameters> Optional<P> parameters(Class<P> type) {
            return type.isInstance(parameters) ? Optional.of(type.cast(parameters)) : Optional.empty();
        }

        @Override
        public boolean shared() {
            return user.shared();
        }

        @Override
        public boolean lease(String device) {
            return SessionLinks.this.lease(device);
        }

        @Override
        public void retry() {
            retry.run();
        }

        @Override
        public void wake() {
            wakeUp.run();
        }
    }
}
