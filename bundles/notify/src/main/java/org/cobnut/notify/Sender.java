package org.cobnut.notify;

import java.io.IOException;
import org.osgi.annotation.versioning.ConsumerType;

/** Sends messages to one target. */
@ConsumerType
public interface Sender extends AutoCloseable {
    /**
     * Sends a message and returns when the peer has taken it. Called by one thread at a time, on a thread on which
     * nothing else waits. May block, but waits no longer than {@link TargetSettings#timeout} for any answer.
     *
     * @throws DeliveryRefusedException when the peer refuses the message, and would refuse it again
     * @throws IOException when it was not delivered, but may be later; the message says why, without a secret
     * @throws InterruptedException when the thread is interrupted
     */
    void send(Message message) throws IOException, InterruptedException;

    /** Gives back what the sender holds; a {@link #send} under way on another thread ends soon. May be called twice. */
    @Override
    void close();
}
