package org.cobnut.link.record;

import org.cobnut.link.Link;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Records links of some kinds and replays them, as a service with the property {@link org.cobnut.link.LinkProvider#KIND}.
 * It is all that a new kind of link needs to be recorded. Any thread.
 */
@ConsumerType
public interface LinkRecorder {
    /**
     * Wraps a link so that the recording hears of everything that passes.
     *
     * @param kind what the session asked for, and what the result is an instance of
     * @return a link that closes the other when it is closed
     */
    Link record(Class<? extends Link> kind, Link link, Recording recording);

    /**
     * Makes a link that answers as a conversation says.
     *
     * @param kind what the session asks for, and what the result is an instance of
     */
    Link replay(Class<? extends Link> kind, Conversation conversation);
}
