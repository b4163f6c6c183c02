package org.cobnut.drivers.megatec.bridge;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.cobnut.link.usb.UsbDeviceId;
import org.cobnut.link.usb.UsbIdentity;

/**
 * Devices of one kind, and the chip that they have.
 *
 * @param vendor what the string of the maker must be; empty for any
 * @param product what the string of the product must be; empty for any
 */
public record BridgeDevice(UsbDeviceId id, Optional<Pattern> vendor, Optional<Pattern> product, Bridge bridge) {
    /** Devices of nutdrv_qx. Of several rows that fit, the first counts. */
    public static final List<BridgeDevice> QX = List.of(
            device("05b8:0000", Bridge.CYPRESS), // Agiler
            device("ffff:0000", Bridge.ABLEREX), // Ablerex 625L
            device("1cb0:0035", Bridge.KRAULER), // Legrand Daker DK
            device("0665:5161", Bridge.CYPRESS), // Voltronic and their many names
            device("06da:0002", "Phoenixtec.Power", "USB.Cable..V2.00.", Bridge.PHOENIXTEC), // Masterguard A
            device("06da:0002", Bridge.CYPRESS), // Online Yunto
            device("06da:0003", Bridge.IPPON), // Mustek Powermust, Ippon
            device("06da:0004", Bridge.CYPRESS), // Phoenixtec Innova 3/1 T
            device("06da:0005", Bridge.CYPRESS), // Phoenixtec Innova RT
            device("06da:0201", Bridge.CYPRESS), // Phoenixtec Innova T
            device("06da:0601", Bridge.PHOENIX), // Online Zinto A
            device("0f03:0001", Bridge.CYPRESS), // Unitek Alpha
            device("14f0:00c9", Bridge.PHOENIX), // GE EP
            device("0483:0035", Bridge.SGS), // TS Shara
            device("0590:00b7", Bridge.OMRON), // Omron BN150T
            device("0001:0000", "MEC", "MEC0003", Bridge.FABULA), // Fideltronik Lupus
            device("0001:0000", "", "MEC0003", Bridge.HUNNOX), // Hunnox, Powercool
            device("0001:0000", "ATCL.FOR.UPS", "ATCL.FOR.UPS", Bridge.FUJI), // Fuji
            device("0001:0000", Bridge.KRAULER), // Krauler, and many more
            device("0925:1234", Bridge.ARMAC)); // Armac, Vultech

    /** Devices of blazer_usb, which knows the four oldest chips. */
    public static final List<BridgeDevice> BLAZER = List.of(
            device("05b8:0000", Bridge.CYPRESS),
            device("0001:0000", Bridge.KRAULER),
            device("ffff:0000", Bridge.KRAULER),
            device("0665:5161", Bridge.CYPRESS),
            device("06da:0002", Bridge.CYPRESS),
            device("06da:0003", Bridge.IPPON),
            device("06da:0004", Bridge.CYPRESS),
            device("06da:0005", Bridge.CYPRESS),
            device("06da:0201", Bridge.CYPRESS),
            device("06da:0601", Bridge.PHOENIX),
            device("0f03:0001", Bridge.CYPRESS),
            device("14f0:00c9", Bridge.PHOENIX));

    private static BridgeDevice device(String id, Bridge bridge) {
        return device(id, "", "", bridge);
    }

    private static BridgeDevice device(String id, String vendor, String product, Bridge bridge) {
        return new BridgeDevice(UsbDeviceId.parse(id), pattern(vendor), pattern(product), bridge);
    }

    private static Optional<Pattern> pattern(String text) {
        return Optional.of(text)
                .filter(given -> !given.isEmpty())
                .map(given -> Pattern.compile(given, Pattern.CASE_INSENSITIVE));
    }

    /** The chip of a device; nothing for one that is in no row. */
    public static Optional<Bridge> bridge(List<BridgeDevice> table, UsbIdentity identity) {
        return table.stream()
                .filter(row -> row.id().matches(identity)
                        && fits(row.vendor(), identity.vendor())
                        && fits(row.product(), identity.product()))
                .map(BridgeDevice::bridge)
                .findFirst();
    }

    private static boolean fits(Optional<Pattern> wanted, Optional<String> has) {
        return wanted.isEmpty() || wanted.get().matcher(has.orElse("")).matches();
    }

    /** As the property {@link org.cobnut.driver.Driver#USB} of the driver says it. */
    public String property() {
        return id
                + vendor.map(text -> ";vendor=" + text).orElse("")
                + product.map(text -> ";product=" + text).orElse("");
    }
}
