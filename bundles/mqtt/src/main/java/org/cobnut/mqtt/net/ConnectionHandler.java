package org.cobnut.mqtt.net;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttPubReplyMessageVariableHeader;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttReasonCodeAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttSubAckMessage;
import io.netty.handler.codec.mqtt.MqttVersion;
import io.netty.handler.timeout.IdleState;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Speaks MQTT over one connection: logs in, answers what must be answered, and notices silence. */
final class ConnectionHandler extends SimpleChannelInboundHandler<MqttMessage> {
    /** Seconds after which the broker may give us up, and times two thirds in which it must say something. */
    static final int KEEP_ALIVE = 30;

    private static final Logger log = LoggerFactory.getLogger(ConnectionHandler.class);
    private static final int PATIENCE_SECONDS = 10;
    private static final MqttMessage PING = fixed(MqttMessageType.PINGREQ);

    private final BrokerSettings settings;
    private final MqttVersion version;
    private final BrokerListener listener;
    private @Nullable BrokerSession session;
    private @Nullable ScheduledFuture<?> patience;
    private boolean pinged;
    private String ended = "";
    private boolean unknownVersion;

    ConnectionHandler(BrokerSettings settings, MqttVersion version, BrokerListener listener) {
        this.settings = settings;
        this.version = version;
        this.listener = listener;
    }

    static MqttMessage fixed(MqttMessageType type) {
        return new MqttMessage(new MqttFixedHeader(type, false, MqttQoS.AT_MOST_ONCE, false, 0));
    }

    /** Why the connection has ended; empty when it was just closed. */
    String ended() {
        return ended;
    }

    /** Whether the broker had accepted us. */
    boolean accepted() {
        return session != null;
    }

    /** Whether the broker may accept us with an older MQTT. */
    boolean unknownVersion() {
        return unknownVersion;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        var connect = MqttMessageBuilders.connect()
                .protocolVersion(version)
                .clientId(settings.clientId())
                .cleanSession(true)
                .keepAlive(KEEP_ALIVE)
                .willFlag(true)
                .willTopic(settings.statusTopic())
                .willMessage("offline".getBytes(StandardCharsets.UTF_8))
                .willQoS(MqttQoS.AT_LEAST_ONCE)
                .willRetain(true)
                .hasUser(!settings.user().isEmpty())
                .hasPassword(!settings.password().isEmpty());
        if (!settings.user().isEmpty()) connect.username(settings.user());
        if (!settings.password().isEmpty()) connect.password(settings.password().getBytes(StandardCharsets.UTF_8));
        context.writeAndFlush(connect.build());
        patience = context.executor()
                .schedule(
                        () -> end(context, "the broker has not answered for " + PATIENCE_SECONDS + " s"),
                        PATIENCE_SECONDS,
                        TimeUnit.SECONDS);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, MqttMessage message) {
        if (message.decoderResult().isFailure()) {
            end(
                    context,
                    "what the broker sends is not MQTT: "
                            + TlsContext.reason(message.decoderResult().cause()));
            return;
        }
        switch (message.fixedHeader().messageType()) {
            case CONNACK -> accepted(context, (MqttConnAckMessage) message);
            case PUBLISH -> received(context, (MqttPublishMessage) message);
            case PUBACK -> acknowledged((MqttMessageIdVariableHeader) message.variableHeader());
            case SUBACK -> {
                for (int code : ((MqttSubAckMessage) message).payload().reasonCodes())
                    if (!ReasonText.of((byte) code).isEmpty())
                        log.warn("The broker refuses a subscription: {}", ReasonText.of((byte) code));
            }
            case DISCONNECT -> {
                byte code = message.variableHeader() instanceof MqttReasonCodeAndPropertiesVariableHeader header
                        ? header.reasonCode()
                        : 0;
                String why = ReasonText.of(code);
                end(context, why.isEmpty() ? "the broker has ended the connection" : why);
            }
            default -> pinged = false;
        }
    }

    private void accepted(ChannelHandlerContext context, MqttConnAckMessage answer) {
        MqttConnectReturnCode code = answer.variableHeader().connectReturnCode();
        MqttProperties said = answer.variableHeader().properties();
        if (code != MqttConnectReturnCode.CONNECTION_ACCEPTED) {
            unknownVersion = code == MqttConnectReturnCode.CONNECTION_REFUSED_UNSUPPORTED_PROTOCOL_VERSION
                    || code == MqttConnectReturnCode.CONNECTION_REFUSED_UNACCEPTABLE_PROTOCOL_VERSION;
            end(context, ReasonText.of(code));
            return;
        }
        if (BrokerSession.number(said, MqttProperties.MAXIMUM_QOS, 1) == 0) {
            end(context, "the broker takes no messages of quality 1, and would lose events");
            return;
        }
        if (patience != null) patience.cancel(false);
        int keep = Math.min(KEEP_ALIVE, BrokerSession.number(said, MqttProperties.SERVER_KEEP_ALIVE, KEEP_ALIVE));
        int idle = Math.max(1, keep / 2);
        context.pipeline().addFirst("idle", new IdleStateHandler(idle, idle, 0));
        session = new BrokerSession(context.channel(), said);
        listener.connected(session);
    }

    private void received(ChannelHandlerContext context, MqttPublishMessage message) {
        BrokerSession open = session;
        if (open == null) return;
        int id = message.variableHeader().packetId();
        listener.received(
                open,
                new ReceivedMessage(
                        message.variableHeader().topicName(),
                        ByteBufUtil.getBytes(message.payload()),
                        message.fixedHeader().isRetain()));
        if (message.fixedHeader().qosLevel() == MqttQoS.AT_LEAST_ONCE)
            context.writeAndFlush(MqttMessageBuilders.pubAck().packetId(id).build(), context.voidPromise());
    }

    private void acknowledged(MqttMessageIdVariableHeader header) {
        byte code = header instanceof MqttPubReplyMessageVariableHeader reply ? reply.reasonCode() : 0;
        BrokerSession open = session;
        if (open != null) listener.acknowledged(open, header.messageId(), ReasonText.of(code));
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (session != null && context.channel().isWritable()) listener.writable();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (!(event instanceof IdleStateEvent idle)) return;
        boolean silent = idle.state() == IdleState.READER_IDLE;
        if (silent && pinged) {
            end(context, "the broker is silent");
            return;
        }
        pinged |= silent;
        context.writeAndFlush(PING, context.voidPromise());
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (patience != null) patience.cancel(false);
        if (session != null) listener.disconnected();
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        end(context, TlsContext.reason(cause));
    }

    private void end(ChannelHandlerContext context, String why) {
        if (ended.isEmpty()) ended = why;
        context.close();
    }
}
