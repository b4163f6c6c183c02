package org.cobnut.drivers.megatec;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.cobnut.driver.Settings;
import org.cobnut.drivers.megatec.bridge.Bridge;
import org.cobnut.drivers.megatec.bridge.BridgeDevice;
import org.cobnut.drivers.megatec.dialect.Config;
import org.cobnut.drivers.megatec.dialect.Part;
import org.cobnut.drivers.megatec.wire.SerialTextLine;
import org.cobnut.drivers.megatec.wire.TextLine;
import org.cobnut.link.ByteLink;
import org.cobnut.link.Links;
import org.cobnut.link.usb.UsbDeviceId;
import org.cobnut.link.usb.UsbLink;
import org.cobnut.link.usb.UsbParameters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the line to a UPS: serial, or over a chip on USB. */
@FunctionalInterface
interface LineOpener {
    /** Options that are for devices on USB only, so that a section with one means such a device. */
    Set<String> USB_OPTIONS = Set.of(
            "subdriver",
            "vendorid",
            "productid",
            "vendor",
            "product",
            "serial",
            "bus",
            "busport",
            "device",
            "langid_fix",
            "cypress_drain_quirk");

    Logger LOG = LoggerFactory.getLogger(LineOpener.class);

    /** Opens the line that a section of ups.conf says. */
    TextLine open(Settings settings, Links links) throws IOException;

    /** A serial line. */
    static TextLine serial(Settings settings, Links links) throws IOException {
        return new SerialTextLine(links.open(ByteLink.class, settings.port(), MegatecOptions.line(settings)));
    }

    /** USB where the port is auto or an option of USB is given, else a serial line. */
    static TextLine either(Settings settings, Links links) throws IOException {
        boolean auto = settings.port().equalsIgnoreCase("auto");
        Optional<String> meant = USB_OPTIONS.stream()
                .filter(settings.values()::containsKey)
                .sorted()
                .findFirst();
        if (!auto && meant.isEmpty()) return serial(settings, links);
        if (!auto)
            LOG.warn(
                    "UPS [{}]: port '{}' does not count, for option '{}' means a device on USB; write port = auto",
                    settings.ups(),
                    settings.port(),
                    meant.get());
        return usb(settings, links, BridgeDevice.QX);
    }

    /** A chip that blazer_usb knows. */
    static TextLine blazer(Settings settings, Links links) throws IOException {
        return usb(settings, links, BridgeDevice.BLAZER);
    }

    private static TextLine usb(Settings settings, Links links, List<BridgeDevice> table) throws IOException {
        Optional<Bridge> named = settings.text("subdriver").map(name -> named(name, settings.values()));
        List<UsbDeviceId> ids = named.isPresent()
                ? List.of()
                : table.stream().map(BridgeDevice::id).distinct().toList();
        UsbParameters parameters = UsbParameters.of(settings, ids)
                .accepting(device ->
                        named.isPresent() || BridgeDevice.bridge(table, device).isPresent());
        Bridge.Options options = options(settings);
        UsbLink link = links.open(UsbLink.class, "auto", parameters);
        Bridge bridge = named.or(() -> BridgeDevice.bridge(table, link.identity()))
                .orElseThrow(() -> new IOException("the device is of no kind that this driver knows"));
        return bridge.over(link, options);
    }

    /** Another chip than the table says is taken for that device only that the section names. */
    private static Bridge named(String name, Map<String, String> given) {
        if (!given.containsKey("vendorid") || !given.containsKey("productid"))
            throw new IllegalArgumentException(
                    "option 'subdriver' needs 'vendorid' and 'productid' beside it, for it counts for that device only");
        return Bridge.named(name).orElseThrow(() -> new IllegalArgumentException("there is no subdriver " + name));
    }

    private static Bridge.Options options(Settings settings) {
        return new Bridge.Options(
                settings.text("langid_fix").map(LineOpener::language).orElse(OptionalInt.empty()),
                !settings.flag("noscanlangid"),
                settings.options().find("cypress_drain_quirk").isEmpty()
                        ? Optional.empty()
                        : settings.text("cypress_drain_quirk").flatMap(LineOpener::drain),
                !Config.leftOut(settings).contains(Part.VENDOR));
    }

    private static OptionalInt language(String text) {
        if (!text.matches("(0[xX])?[0-9a-fA-F]{1,4}"))
            throw new IllegalArgumentException(
                    "option 'langid_fix' wants a hexadecimal number, such as 0x0409, not '" + text + "'");
        return OptionalInt.of(Integer.parseInt(text.replaceFirst("0[xX]", ""), 16));
    }

    /** Nothing for what the driver shall know by itself. */
    private static Optional<Boolean> drain(String text) {
        return switch (text.toLowerCase(java.util.Locale.ROOT)) {
            case "1", "on", "yes", "true" -> Optional.of(true);
            case "0", "off", "no", "false" -> Optional.of(false);
            case "-1", "null" -> Optional.empty();
            default ->
                throw new IllegalArgumentException(
                        "option 'cypress_drain_quirk' is yes, no or null, not '" + text + "'");
        };
    }
}
