package org.cobnut.link.usb.libusb;

import org.cobnut.link.Link;
import org.cobnut.link.LinkProvider;
import org.cobnut.link.record.Conversation;
import org.cobnut.link.record.LinkRecorder;
import org.cobnut.link.record.Recording;
import org.cobnut.link.usb.record.UsbLinkRecorder;
import org.osgi.service.component.annotations.Component;

/** Offers the recorder of links to USB devices. */
@Component(
        property = {
            LinkProvider.KIND + "=org.cobnut.link.usb.UsbLink",
            LinkProvider.KIND + "=org.cobnut.link.usb.HidLink"
        })
public final class UsbRecorder implements LinkRecorder {
    private final UsbLinkRecorder recorder = new UsbLinkRecorder();

    @Override
    public Link record(Class<? extends Link> kind, Link link, Recording recording) {
        return recorder.record(kind, link, recording);
    }

    @Override
    public Link replay(Class<? extends Link> kind, Conversation conversation) {
        return recorder.replay(kind, conversation);
    }
}
