package org.cobnut.upsd.net;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultSelectStrategyFactory;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.ServerChannelRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutorGroup;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The event loops and how a listener is set up: epoll where its native library loads, Java's own selector elsewhere. */
final class Transport implements AutoCloseable {
    /** With this many unsent bytes the server stops to read from a client. */
    private static final WriteBufferWaterMark QUEUE = new WriteBufferWaterMark(8 * 1024, 32 * 1024);

    // Linux: IPPROTO_IPV6, IPV6_V6ONLY. Without it "::" would take IPv4 too, and "0.0.0.0" beside it would not bind.
    private static final IntegerUnixChannelOption V6_ONLY = new IntegerUnixChannelOption("IPV6_V6ONLY", 41, 26);

    /** Most bytes that are read from one connection before the next one. */
    private static final int READ = 2048;

    /** Most connections that are accepted before the acceptor looks at its other listeners. */
    private static final int ACCEPTED_AT_ONCE = 128;

    /** Most sockets that a loop serves before it takes over new connections. */
    private static final int SERVED_AT_ONCE = 32;

    private final boolean epoll = Epoll.isAvailable();
    private final MultiThreadIoEventLoopGroup acceptor =
            new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("upsd-accept", true), handlers());
    private final MultiThreadIoEventLoopGroup loops;

    /**
     * Starts event loops for connections, and one that only accepts them.
     *
     * @param count how many for connections
     */
    Transport(int count) {
        loops = new MultiThreadIoEventLoopGroup(count, new DefaultThreadFactory("upsd", true), handlers());
        // Netty's search for lost buffers by stack traces takes a tenth of the time of a request.
        if (System.getProperty("io.netty.leakDetection.level") == null)
            ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
    }

    /** A bootstrap for one address, without the handlers of its connections. */
    ServerBootstrap listener(InetSocketAddress address) {
        boolean v6 = address.getAddress() instanceof Inet6Address;
        var bootstrap = new ServerBootstrap()
                .group(acceptor, loops)
                .channelFactory(() -> channel(v6))
                .localAddress(address)
                .option(ChannelOption.SO_BACKLOG, 4096)
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new ServerChannelRecvByteBufAllocator().maxMessagesPerRead(ACCEPTED_AT_ONCE))
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ).maxMessagesPerRead(1))
                .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, QUEUE);
        return epoll && v6 ? bootstrap.option(V6_ONLY, 1) : bootstrap;
    }

    /**
     * How many event loops this machine needs: half as many as it has cores, because the other half is for drivers and
     * local clients.
     */
    static int usualLoops() {
        return Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    }

    /** The thread that accepts connections. */
    EventExecutorGroup acceptor() {
        return acceptor;
    }

    EventExecutorGroup loops() {
        return loops;
    }

    /** Whether one socket on {@code ::} or {@code 0.0.0.0} takes both families, so that the other cannot be bound. */
    boolean dual() {
        return !epoll;
    }

    private ServerChannel channel(boolean v6) {
        if (!epoll) return new NioServerSocketChannel();
        return new EpollServerSocketChannel(v6 ? SocketProtocolFamily.INET6 : SocketProtocolFamily.INET);
    }

    @Override
    public void close() {
        for (MultiThreadIoEventLoopGroup each : List.of(acceptor, loops))
            each.shutdownGracefully(0, 2, TimeUnit.SECONDS);
        for (MultiThreadIoEventLoopGroup each : List.of(acceptor, loops))
            each.terminationFuture().awaitUninterruptibly(5, TimeUnit.SECONDS);
    }

    private IoHandlerFactory handlers() {
        return LastingIoHandler.over(
                epoll
                        ? EpollIoHandler.newFactory(SERVED_AT_ONCE, DefaultSelectStrategyFactory.INSTANCE)
                        : NioIoHandler.newFactory());
    }
}
