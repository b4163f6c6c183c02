package org.cobnut.drivers.usbhid.subdriver;

import java.util.List;
import java.util.Map;
import org.cobnut.link.usb.UsbDeviceId;
import org.cobnut.table.mapping.Mapping;

/**
 * Which devices a mapping is for.
 *
 * @param known those that it takes by themselves, {@code match usb}
 * @param asked those that it takes when the section gives {@code productid}, {@code match usb-asked}: something else answers
 *     to these numbers, too
 */
public record DeviceMatch(List<UsbDeviceId> known, List<UsbDeviceId> asked) {
    private static final String KNOWN = "usb";
    private static final String ASKED = "usb-asked";

    /** @throws IllegalArgumentException with the reason for lines that make no sense */
    public static DeviceMatch of(Mapping<Address> mapping) {
        Map<String, List<String>> matches = mapping.matches();
        for (String key : matches.keySet())
            if (!key.equals(KNOWN) && !key.equals(ASKED))
                throw new IllegalArgumentException("match takes usb or usb-asked, not '%s'".formatted(key));
        List<UsbDeviceId> places = Declarations.of(mapping.declared()).places();
        return new DeviceMatch(
                ids(matches.getOrDefault(KNOWN, List.of()), places),
                ids(matches.getOrDefault(ASKED, List.of()), places));
    }

    /** With the interface and endpoint that the file declares for them. */
    private static List<UsbDeviceId> ids(List<String> texts, List<UsbDeviceId> places) {
        return texts.stream()
                .map(UsbDeviceId::parse)
                .map(id -> places.stream()
                        .filter(place ->
                                place.vendor() == id.vendor() && place.product().equals(id.product()))
                        .findFirst()
                        .orElse(id))
                .toList();
    }
}
