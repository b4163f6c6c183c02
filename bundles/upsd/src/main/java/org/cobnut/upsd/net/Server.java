package org.cobnut.upsd.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.cobnut.upsd.config.ListenAddress;
import org.cobnut.upsd.protocol.RequestHandler;
import org.cobnut.upsd.tls.TlsProvider;
import org.cobnut.wire.ErrorText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The listeners and the connections they accepted. Changed by one thread at a time, the component's. */
public final class Server implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Server.class);
    private static final String IN_USE = "Address already in use";

    /** After the system refused to open a connection, the server tries again after this time. */
    private static final long AGAIN_MILLIS = 10;

    /** How many connections are closed then to make room. */
    private static final int SHED = 8;

    private static final long QUIET = TimeUnit.MINUTES.toNanos(1);

    private final ConnectionLimiter limiter;
    private final Transport transport;
    private final Function<Connection, RequestHandler> begin;
    private final Connection.Shared shared;
    private volatile Map<ListenAddress, Channel> listeners = Map.of();
    private final Set<Channel> connections = ConcurrentHashMap.newKeySet();
    private volatile boolean paused;

    public Server(Function<Connection, RequestHandler> begin, TlsProvider tls, ConnectionLimiter limiter) {
        this(begin, tls, limiter, MemoryLimiter.ofThisProcess(), Transport.usualLoops());
    }

    Server(
            Function<Connection, RequestHandler> begin,
            TlsProvider tls,
            ConnectionLimiter limiter,
            MemoryLimiter memory,
            int loops) {
        this.limiter = limiter;
        this.begin = begin;
        transport = new Transport(loops);
        shared = new Connection.Shared(tls, limiter, memory, new TurnQueue.Registry());
    }

    /**
     * Listens on these addresses and no others. New ones are bound before old ones are given up, so a failure leaves
     * everything as it was; success closes every connection, for that is what a restart of upsd means.
     *
     * @param some whether it is enough that one address can be bound
     * @throws IOException naming the addresses that could not be bound
     */
    public void listen(List<ListenAddress> addresses, boolean some) throws IOException {
        var bound = new LinkedHashMap<ListenAddress, Channel>();
        var failed = new LinkedHashMap<ListenAddress, String>();
        for (ListenAddress address : addresses) {
            Channel kept = listeners.get(address);
            if (kept != null) {
                if (!bound.containsValue(kept)) bound.put(address, kept);
            } else if (transport.dual() && bound.keySet().stream().anyMatch(address::everywhereToo))
                log.debug("{} is taken by the listener of the other family", address);
            else bind(address, bound, failed);
        }
        if (bound.isEmpty() || !tolerable(failed, bound, some)) {
            bound.values().removeAll(listeners.values());
            bound.values().forEach(channel -> channel.close().syncUninterruptibly());
            throw new IOException(failed.keySet().stream()
                    .map(address -> "cannot listen on " + address + ": " + failed.get(address))
                    .reduce((a, b) -> a + "; " + b)
                    .orElse("no address to listen on"));
        }
        adopt(bound);
    }

    /** Runs a short task each second for as long as the server exists; a task that fails runs again. */
    public void everySecond(Runnable task) {
        Runnable guarded = () -> {
            try {
                task.run();
            } catch (RuntimeException | LinkageError ours) {
                log.error("The check of all devices failed: {}; it runs again in 1 s", ErrorText.of(ours), ours);
            }
        };
        transport.loops().scheduleAtFixedRate(guarded, 1, 1, TimeUnit.SECONDS);
    }

    /** How many connections there are. */
    public int connections() {
        return connections.size();
    }

    @Override
    public void close() {
        listeners.values().forEach(channel -> channel.close().syncUninterruptibly());
        close(connections);
        transport.close();
    }

    private void bind(ListenAddress address, Map<ListenAddress, Channel> bound, Map<ListenAddress, String> failed) {
        try {
            InetSocketAddress resolved = address.resolve();
            // LISTEN localhost beside LISTEN 127.0.0.1 names one address twice.
            if (at(resolved, bound).isPresent()) return;
            Optional<Channel> kept = at(resolved, listeners);
            if (kept.isPresent()) {
                bound.put(address, kept.get());
                return;
            }
            ChannelFuture future = transport
                    .listener(resolved)
                    .handler(new AcceptHandler())
                    .childHandler(new ChannelInitializer<>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            channel.pipeline().addLast(new Connection(begin, shared));
                        }
                    })
                    .bind()
                    .awaitUninterruptibly();
            if (future.isSuccess()) bound.put(address, future.channel());
            else failed.put(address, reason(future.cause()));
        } catch (IOException unresolved) {
            failed.put(address, "unknown host");
        }
    }

    private static Optional<Channel> at(InetSocketAddress address, Map<ListenAddress, Channel> listeners) {
        return listeners.values().stream()
                .filter(channel -> address.equals(channel.localAddress()))
                .findFirst();
    }

    private void adopt(Map<ListenAddress, Channel> bound) {
        boolean restart = !listeners.isEmpty();
        // A connection that is accepted meanwhile belongs to the new listeners already.
        List<Channel> before = List.copyOf(connections);
        listeners.forEach((address, channel) -> {
            if (!bound.containsValue(channel)) channel.close().syncUninterruptibly();
        });
        listeners = Collections.unmodifiableMap(bound);
        if (restart) {
            log.warn("LISTEN has changed: upsd restarts, and every connection is closed");
            close(before);
        }
        updateAccepting();
        bound.keySet().forEach(address -> log.info("listening on {}", address));
    }

    /**
     * Whether the server may start without the addresses that failed: when that is allowed, or when this machine lacks
     * one of the two address families of loopback.
     */
    private static boolean tolerable(
            Map<ListenAddress, String> failed, Map<ListenAddress, Channel> bound, boolean some) {
        boolean tolerable = some
                || failed.entrySet().stream()
                        .allMatch(each -> each.getKey().loopback()
                                && !each.getValue().equals(IN_USE)
                                && bound.keySet().stream().anyMatch(other -> other.besides(each.getKey())));
        if (tolerable) failed.forEach((address, why) -> log.warn("not listening on {}: {}", address, why));
        return tolerable;
    }

    /**
     * Starts or stops to accept connections, as the limit demands. Any thread may call it; the acceptor thread does it,
     * so the last change counts.
     */
    public void updateAccepting() {
        transport.acceptor().execute(this::turn);
    }

    /**
     * Pauses first and counts then, so that a connection that closes meanwhile is either counted or calls this again.
     */
    private void turn() {
        paused = true;
        boolean full = limiter.full();
        paused = full;
        listeners.values().forEach(listener -> listener.config().setAutoRead(!full));
    }

    private static void close(Collection<Channel> connections) {
        List<ChannelFuture> closing = new ArrayList<>();
        connections.forEach(channel -> closing.add(channel.close()));
        closing.forEach(ChannelFuture::awaitUninterruptibly);
    }

    private static String reason(Throwable cause) {
        String message = ErrorText.of(cause);
        // Netty's epoll speaks of the system call: "bind(..) failed with error(-98): Address already in use".
        return message.contains(IN_USE) ? IN_USE : message.replaceFirst("^bind\\(\\.\\.\\) failed[^:]*: ", "");
    }

    /** Stops accepting at MAXCONN: new connections wait in the queue of the kernel until one closes, as with NUT. */
    private final class AcceptHandler extends ChannelInboundHandlerAdapter {
        private long logged = System.nanoTime() - QUIET;

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            Channel child = (Channel) message;
            if (!limiter.admit(child)) {
                child.unsafe().closeForcibly();
                return;
            }
            connections.add(child);
            child.closeFuture().addListener(closed -> {
                connections.remove(child);
                limiter.left(child);
                if (paused && !transport.acceptor().isShuttingDown()) updateAccepting();
            });
            if (limiter.full()) turn();
            ctx.fireChannelRead(child);
        }

        /** Handles an accept that failed: the system has no file descriptor or no memory left. */
        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            // First, for what follows may fail as well, and the listener must not stay paused.
            transport.acceptor().schedule(Server.this::turn, AGAIN_MILLIS, TimeUnit.MILLISECONDS);
            ctx.channel().config().setAutoRead(false);
            long now = System.nanoTime();
            if (now - logged >= QUIET) {
                logged = now;
                log.error(
                        "Cannot accept a connection: {}. Closed some that have not logged in; the next one is accepted soon. "
                                + "Raise the limit of open files (ulimit -n, LimitNOFILE), or lower MAXCONN",
                        ErrorText.of(cause));
            }
            limiter.shed(SHED);
        }
    }
}
