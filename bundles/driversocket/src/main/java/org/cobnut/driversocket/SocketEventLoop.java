package org.cobnut.driversocket;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.util.concurrent.DefaultEventExecutorGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.EventExecutorGroup;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that all sockets share: one that reads, writes and counts seconds, as C's upsd has one, and two that tell
 * others of it. Java's own selector does: the traffic is small, and it needs no native library.
 */
@Component(service = SocketEventLoop.class)
public final class SocketEventLoop {
    private static final Logger log = LoggerFactory.getLogger(SocketEventLoop.class);

    private static final long SECONDS_TO_END = 5;

    /** Beyond this many bytes a peer that does not read is not read from either. */
    private static final WriteBufferWaterMark QUEUE = new WriteBufferWaterMark(32 * 1024, 64 * 1024);

    private final MultiThreadIoEventLoopGroup loop = new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("cobnut-socket", true), NioIoHandler.newFactory());
    private final EventExecutorGroup tellers =
            new DefaultEventExecutorGroup(2, new DefaultThreadFactory("cobnut-socket-tell", true));

    /** The threads begin when they are needed. */
    @Activate
    public SocketEventLoop() {}

    @Deactivate
    void stop() {
        loop.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(SECONDS_TO_END, TimeUnit.SECONDS);
        tellers.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(SECONDS_TO_END, TimeUnit.SECONDS);
    }

    /** The one thread of all connections. */
    Executor thread() {
        return loop;
    }

    /** A thread for what is told of one device, in order. It is shared: what is told must be told soon. */
    EventExecutor teller() {
        return tellers.next();
    }

    /** Where whoever waits for an outcome goes on. */
    Executor answers() {
        return tellers;
    }

    /** Does something short each second, on the thread of all connections; goes on whatever one second brings. */
    Future<?> everySecond(Runnable task) {
        Runnable lasting = () -> {
            try {
                task.run();
            } catch (RuntimeException | VirtualMachineError disturbed) {
                // There may be no memory for more than this line; the next second comes.
                log.error("driver sockets were not looked after for a second: {}", disturbed.toString());
            }
        };
        return loop.scheduleAtFixedRate(lasting, 0, 1, TimeUnit.SECONDS);
    }

    ChannelFuture connect(Path socket, ChannelHandler handler) {
        return new Bootstrap()
                .group(loop)
                .channel(NioDomainSocketChannel.class)
                .handler(handler)
                .connect(UnixDomainSocketAddress.of(socket));
    }

    /** Serves who comes to a listener that is bound already, each with a handler of its own. */
    Channel serve(ServerSocketChannel listener, Supplier<ChannelHandler> handlers) {
        return new ServerBootstrap()
                .group(loop)
                .channelFactory(() -> new NioServerDomainSocketChannel(listener))
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(handlers.get());
                    }
                })
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, QUEUE)
                .register()
                .channel();
    }
}
