package org.cobnut.link.usb.record;

import java.util.HexFormat;
import org.cobnut.link.record.Conversation;
import org.cobnut.link.record.Recording;
import org.cobnut.link.usb.UsbIdentity;

/** What a device says of itself, as states of a recording. */
final class IdentityStates {
    private IdentityStates() {}

    static void write(UsbIdentity identity, Recording recording) {
        recording.state("ids", identity.ids() + ":" + "%04x".formatted(identity.release()));
        identity.vendor().ifPresent(text -> recording.state("vendor", text));
        identity.product().ifPresent(text -> recording.state("product", text));
        identity.serial().ifPresent(text -> recording.state("serial", text));
        if (!identity.path().isEmpty()) recording.state("place", identity.path() + " " + identity.device());
    }

    static UsbIdentity read(Conversation conversation) {
        String[] ids = (conversation.state("ids") + ":::").split(":", -1);
        UsbIdentity identity = UsbIdentity.of(number(ids[0]), number(ids[1]), number(ids[2]))
                .withStrings(conversation.state("vendor"), conversation.state("product"), conversation.state("serial"));
        String[] place = conversation.state("place").split("[- ]");
        if (place.length < 3) return identity;
        return identity.withPlace(Integer.parseInt(place[0]), Integer.parseInt(place[2]), place[1]);
    }

    private static int number(String hexadecimal) {
        return hexadecimal.isEmpty() ? 0 : HexFormat.fromHexDigits(hexadecimal);
    }
}
