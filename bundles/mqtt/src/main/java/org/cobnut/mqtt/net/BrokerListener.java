package org.cobnut.mqtt.net;

/** Hears of one broker, on the thread of the network, which it must not hold up. */
public interface BrokerListener {
    /** Tells that the broker has accepted us. */
    void connected(BrokerSession session);

    /** Tells that the session of before has ended. */
    void disconnected();

    /** Tells of a message of a subscription. */
    void received(BrokerSession session, ReceivedMessage message);

    /**
     * Tells that the broker has taken a message of quality 1.
     *
     * @param refusal why it did not; empty when it did
     */
    void acknowledged(BrokerSession session, int packet, String refusal);

    /** Tells that the session takes more again after it was full. */
    void writable();
}
