package org.cobnut.mqtt.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttVersion;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.cobnut.wire.ErrorText;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connects to a broker and, whenever the connection is lost, connects again: after a second, then after twice as long each
 * time up to a minute, shortened by chance so that not all clients come back at once. Tries MQTT 5 first, and 3.1.1 at a
 * broker that does not know it. One thread.
 */
public final class BrokerClient implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(BrokerClient.class);
    private static final int CONNECT_MILLIS = 10_000;
    private static final long FIRST_MILLIS = 1_000;
    private static final long LONGEST_MILLIS = 60_000;
    private static final int MOST_DOUBLINGS = 6;
    /** A message of a subscription may be this long. */
    private static final int LONGEST_MESSAGE = 1 << 20;

    private static final WriteBufferWaterMark QUEUE = new WriteBufferWaterMark(64 * 1024, 256 * 1024);

    private final MultiThreadIoEventLoopGroup loop =
            new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("mqtt-net", true), NioIoHandler.newFactory());
    private final BrokerSettings settings;
    private final BrokerListener listener;
    private MqttVersion version = MqttVersion.MQTT_5;
    private volatile @Nullable Channel channel;
    private volatile String fault = "it is being connected";
    private String told = "";
    private int failures;
    private long acceptedAt;
    private volatile boolean closed;

    /** A client that {@link #start} connects. */
    public BrokerClient(BrokerSettings settings, BrokerListener listener) {
        this.settings = settings;
        this.listener = new Heard(listener);
    }

    /** Connects, and stays connected until it is closed. */
    public void start() {
        loop.execute(this::connect);
    }

    /** Why there is no connection; empty when there is one. */
    public String fault() {
        return fault;
    }

    private void connect() {
        if (closed) return;
        SslContext tls = null;
        try {
            if (settings.address().tls()) tls = TlsContext.of(settings);
        } catch (IOException useless) {
            retry(ErrorText.of(useless));
            return;
        }
        var handler = new ConnectionHandler(settings, version, listener);
        SslContext secured = tls;
        ChannelFuture connecting = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, QUEUE)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel made) {
                        BrokerAddress to = settings.address();
                        if (secured != null)
                            made.pipeline().addLast(secured.newHandler(made.alloc(), to.host(), to.port()));
                        made.pipeline().addLast(new MqttDecoder(LONGEST_MESSAGE), MqttEncoder.INSTANCE, handler);
                    }
                })
                .connect(settings.address().host(), settings.address().port());
        channel = connecting.channel();
        connecting.addListener(done -> {
            if (!done.isSuccess()) retry(TlsContext.reason(done.cause()));
        });
        connecting.channel().closeFuture().addListener(done -> {
            // Later, for why it was closed is told only then.
            if (connecting.isSuccess()) loop.execute(() -> lost(handler));
        });
    }

    private void lost(ConnectionHandler handler) {
        if (!handler.accepted()
                && version == MqttVersion.MQTT_5
                && (handler.unknownVersion() || handler.ended().isEmpty())) {
            version = MqttVersion.MQTT_3_1_1;
            loop.execute(this::connect);
            return;
        }
        if (!handler.accepted()) version = MqttVersion.MQTT_5;
        else if (System.nanoTime() - acceptedAt > TimeUnit.MILLISECONDS.toNanos(LONGEST_MILLIS)) failures = 0;
        retry(handler.ended().isEmpty() ? "the connection was closed" : handler.ended());
    }

    private void retry(String why) {
        fault = why;
        if (closed) return;
        long most = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(failures++, MOST_DOUBLINGS));
        long pause = ThreadLocalRandom.current().nextLong(most / 2, most + 1);
        if (!why.equals(told))
            log.warn(
                    "The broker {} cannot be used: {}; it is tried again, first in {} ms",
                    settings.address(),
                    why,
                    pause);
        told = why;
        loop.schedule(this::connect, pause, TimeUnit.MILLISECONDS);
    }

    /** Ends the connection in order, and the thread. Waits for two seconds at most. */
    @Override
    public void close() {
        closed = true;
        Channel open = channel;
        if (open != null && open.isActive())
            open.writeAndFlush(ConnectionHandler.fixed(MqttMessageType.DISCONNECT))
                    .addListener(done -> open.close())
                    .awaitUninterruptibly(1, TimeUnit.SECONDS);
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }

    /** Keeps what the client itself has to know of a connection. */
    private final class Heard implements BrokerListener {
        private final BrokerListener next;

        Heard(BrokerListener next) {
            this.next = next;
        }

        @Override
        public void connected(BrokerSession session) {
            acceptedAt = System.nanoTime();
            fault = "";
            told = "";
            log.info(
                    "Connected to the broker {} by MQTT {}",
                    settings.address(),
                    version == MqttVersion.MQTT_5 ? "5" : "3.1.1");
            if (!session.retains())
                log.warn(
                        "The broker {} keeps no retained messages: who subscribes later waits for the next change",
                        settings.address());
            next.connected(session);
        }

        @Override
        public void disconnected() {
            next.disconnected();
        }

        @Override
        public void received(BrokerSession session, ReceivedMessage message) {
            next.received(session, message);
        }

        @Override
        public void acknowledged(BrokerSession session, int packet, String refusal) {
            next.acknowledged(session, packet, refusal);
        }

        @Override
        public void writable() {
            next.writable();
        }
    }
}
