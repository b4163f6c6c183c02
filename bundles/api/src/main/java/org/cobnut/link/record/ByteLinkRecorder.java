package org.cobnut.link.record;

import org.cobnut.link.ByteLink;
import org.cobnut.link.Link;
import org.cobnut.link.SerialLink;

/**
 * Records and replays links that carry bytes, and serial lines. What is written until the next read is one question, and
 * what is read until the next write is its answer, in whatever pieces either came.
 */
public final class ByteLinkRecorder implements LinkRecorder {
    @Override
    public ByteLink record(Class<? extends Link> kind, Link link, Recording recording) {
        if (kind == SerialLink.class) return new RecordedSerialLink((SerialLink) link, recording);
        return new RecordedByteLink((ByteLink) link, recording);
    }

    /** A link on which silence takes no time: a read that finds nothing returns at once. */
    @Override
    public ReplayedLink replay(Class<? extends Link> kind, Conversation conversation) {
        return new ReplayedLink(conversation);
    }
}
