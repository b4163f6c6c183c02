package org.cobnut.mqtt.net;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttSubscriptionOption;
import io.netty.handler.codec.mqtt.MqttSubscriptionOption.RetainedHandlingPolicy;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A connection that the broker has accepted. What is sent after its end is dropped. Any thread; nothing blocks. */
public final class BrokerSession {
    private static final int MOST_IDS = 0xffff;
    /** What a message is longer than its topic and its payload, at most. */
    private static final int HEADER = 16;

    private final Channel channel;
    private final int receiveMaximum;
    private final long packetMaximum;
    private final boolean retains;
    private final AtomicInteger ids = new AtomicInteger();

    BrokerSession(Channel channel, MqttProperties said) {
        this.channel = channel;
        receiveMaximum = number(said, MqttProperties.RECEIVE_MAXIMUM, MOST_IDS);
        packetMaximum = Integer.toUnsignedLong(number(said, MqttProperties.MAXIMUM_PACKET_SIZE, -1));
        retains = number(said, MqttProperties.RETAIN_AVAILABLE, 1) == 1;
    }

    static int number(MqttProperties said, int property, int unsaid) {
        return said.getProperty(property) instanceof MqttProperties.IntegerProperty number ? number.value() : unsaid;
    }

    /** Whether more can be sent now; {@link BrokerListener#writable} tells when it can again. */
    public boolean writable() {
        return channel.isWritable();
    }

    /** Whether it has not ended. */
    public boolean open() {
        return channel.isActive();
    }

    /** How many messages of quality 1 the broker takes before it has acknowledged the first. */
    public int receiveMaximum() {
        return receiveMaximum;
    }

    /** Whether the broker keeps retained messages. */
    public boolean retains() {
        return retains;
    }

    /** The broker's numeric address. */
    public String address() {
        return channel.remoteAddress() instanceof InetSocketAddress peer
                ? peer.getAddress().getHostAddress()
                : "127.0.0.1";
    }

    /**
     * Queues a message of quality 0, which {@link #flush} sends.
     *
     * @return false when it is longer than the broker takes; then it is not sent
     */
    public boolean publish(String topic, byte[] payload, boolean retained) {
        return send(topic, payload, MqttQoS.AT_MOST_ONCE, retained, 0);
    }

    /**
     * Queues a message of quality 1.
     *
     * @return the id by which it is acknowledged; 0 when it is longer than the broker takes, and not sent
     */
    public int publishAtLeastOnce(String topic, byte[] payload, boolean retained) {
        int id = nextId();
        return send(topic, payload, MqttQoS.AT_LEAST_ONCE, retained, id) ? id : 0;
    }

    /** Subscribes with quality 1; messages that the broker has kept come first. */
    public void subscribe(List<String> filters) {
        subscribe(filters, RetainedHandlingPolicy.SEND_AT_SUBSCRIBE);
    }

    /** The same for what is sent from now on. */
    public void subscribeToNew(List<String> filters) {
        subscribe(filters, RetainedHandlingPolicy.DONT_SEND_AT_SUBSCRIBE);
    }

    /** Ends a subscription. */
    public void unsubscribe(List<String> filters) {
        var message = MqttMessageBuilders.unsubscribe().messageId(nextId());
        filters.forEach(message::addTopicFilter);
        channel.writeAndFlush(message.build(), channel.voidPromise());
    }

    /** Sends what is queued. */
    public void flush() {
        channel.flush();
    }

    /** Ends it at once, as if the network had broken; the client connects again. */
    public void drop() {
        channel.close();
    }

    private void subscribe(List<String> filters, RetainedHandlingPolicy retained) {
        if (filters.isEmpty()) return;
        var option = new MqttSubscriptionOption(MqttQoS.AT_LEAST_ONCE, false, false, retained);
        var message = MqttMessageBuilders.subscribe().messageId(nextId());
        filters.forEach(filter -> message.addSubscription(filter, option));
        channel.writeAndFlush(message.build(), channel.voidPromise());
    }

    private boolean send(String topic, byte[] payload, MqttQoS quality, boolean retained, int id) {
        if (topic.length() + payload.length + HEADER > packetMaximum) return false;
        channel.write(
                MqttMessageBuilders.publish()
                        .topicName(topic)
                        .qos(quality)
                        .retained(retained && retains)
                        .messageId(id)
                        .payload(Unpooled.wrappedBuffer(payload))
                        .build(),
                channel.voidPromise());
        return true;
    }

    private int nextId() {
        return ids.updateAndGet(last -> last >= MOST_IDS ? 1 : last + 1);
    }
}
