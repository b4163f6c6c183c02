package org.cobnut.link.usb.record;

import org.cobnut.link.Link;
import org.cobnut.link.record.Conversation;
import org.cobnut.link.record.LinkRecorder;
import org.cobnut.link.record.Recording;
import org.cobnut.link.usb.HidLink;
import org.cobnut.link.usb.UsbLink;

/**
 * Records and replays links to USB devices of both kinds.
 *
 * <p>Of a {@link HidLink}, each request is a question with its answer, bytes in hexadecimal: {@code get feature 06 8} and {@code 06
 * 64}, {@code set feature 0f 0f 0a 00} and {@code done}, {@code string 2} and {@code text Ellipse} or {@code none}. A refusal is
 * {@code stall}, silence is nothing, and an input report comes by itself.
 *
 * <p>Of a {@link UsbLink}, what is sent until the next read is one question, a line for each transfer: {@code control 21 09 0200
 * 0000 Q1\r} or {@code out 02 ...}. What is read until the next one is sent is its answer, each packet with its length before it:
 * {@code 8:(230.0 18:95.0 22}. A refusal is {@code stall:}. A request that the device answers, such as {@code control a1 01 0305
 * 0000 47} or {@code string 2}, stands at the end of its question.
 */
public final class UsbLinkRecorder implements LinkRecorder {
    @Override
    public Link record(Class<? extends Link> kind, Link link, Recording recording) {
        if (kind == HidLink.class) return new RecordedHidLink((HidLink) link, recording);
        return new RecordedUsbLink((UsbLink) link, recording);
    }

    /** A link on which silence takes no time. */
    @Override
    public Link replay(Class<? extends Link> kind, Conversation conversation) {
        return kind == HidLink.class ? new ReplayedHidLink(conversation) : new ReplayedUsbLink(conversation);
    }
}
