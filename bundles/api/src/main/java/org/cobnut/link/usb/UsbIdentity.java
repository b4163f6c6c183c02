package org.cobnut.link.usb;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a device on USB says of itself, and where it is. Immutable; begin with {@link #of}. Strings are without blanks at
 * both ends, and absent when the device has none or does not tell. A device that is not on USB but speaks its language (SHUT)
 * has no place.
 */
public final class UsbIdentity {
    private final int vendorId;
    private final int productId;
    private final int release;
    private final Optional<String> vendor;
    private final Optional<String> product;
    private final Optional<String> serial;
    private final String bus;
    private final String device;
    private final String busPort;
    private final String path;

    private UsbIdentity(
            int vendorId,
            int productId,
            int release,
            Optional<String> vendor,
            Optional<String> product,
            Optional<String> serial,
            String bus,
            String device,
            String busPort,
            String path) {
        this.vendorId = vendorId;
        this.productId = productId;
        this.release = release;
        this.vendor = vendor;
        this.product = product;
        this.serial = serial;
        this.bus = bus;
        this.device = device;
        this.busPort = busPort;
        this.path = path;
    }

    /**
     * A device with these ids, without strings and without a place.
     *
     * @param release bcdDevice of its descriptor
     */
    public static UsbIdentity of(int vendorId, int productId, int release) {
        Optional<String> none = Optional.empty();
        return new UsbIdentity(vendorId, productId, release, none, none, none, "", "", "", "");
    }

    /** The same with its strings; null or blank for one that it does not have. */
    public UsbIdentity withStrings(
            @Nullable String manufacturer, @Nullable String productName, @Nullable String serialNumber) {
        return new UsbIdentity(
                vendorId,
                productId,
                release,
                text(manufacturer),
                text(productName),
                text(serialNumber),
                bus,
                device,
                busPort,
                path);
    }

    /**
     * The same at a place.
     *
     * @param busNumber from 1
     * @param deviceNumber its address on the bus, another each time it is plugged in
     * @param ports the numbers of the ports from the root hub to the device, with dots between, such as "1.4"
     */
    public UsbIdentity withPlace(int busNumber, int deviceNumber, String ports) {
        int last = Integer.parseInt(ports.substring(ports.lastIndexOf('.') + 1));
        return new UsbIdentity(
                vendorId,
                productId,
                release,
                vendor,
                product,
                serial,
                "%03d".formatted(busNumber),
                "%03d".formatted(deviceNumber),
                "%03d".formatted(last),
                busNumber + "-" + ports);
    }

    private static Optional<String> text(@Nullable String given) {
        return Optional.ofNullable(given).map(String::strip).filter(text -> !text.isEmpty());
    }

    public int vendorId() {
        return vendorId;
    }

    public int productId() {
        return productId;
    }

    /** The release number of the device, bcdDevice of its descriptor: 0x0106 is 1.06. */
    public int release() {
        return release;
    }

    /** The string that names the maker, NUT's {@code vendor}. */
    public Optional<String> vendor() {
        return vendor;
    }

    /** The string that names the product. */
    public Optional<String> product() {
        return product;
    }

    /** The serial number. */
    public Optional<String> serial() {
        return serial;
    }

    /** The number of the bus, three digits as NUT writes it; empty when it is on none. */
    public String bus() {
        return bus;
    }

    /** The address on the bus, three digits as NUT writes it; empty when it is on none. */
    public String device() {
        return device;
    }

    /** The number of the hub's port that it hangs on, three digits as NUT writes it; empty when it is on no bus. */
    public String busPort() {
        return busPort;
    }

    /** The bus and all ports on the way, as Linux names it: "1-1.4"; unique among devices. Empty when it is on no bus. */
    public String path() {
        return path;
    }

    /** The ids as everybody writes them: "051d:0002". */
    public String ids() {
        return "%04x:%04x".formatted(vendorId, productId);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof UsbIdentity that
                && vendorId == that.vendorId
                && productId == that.productId
                && release == that.release
                && vendor.equals(that.vendor)
                && product.equals(that.product)
                && serial.equals(that.serial)
                && device.equals(that.device)
                && path.equals(that.path);
    }

    @Override
    public int hashCode() {
        return Objects.hash(vendorId, productId, release, vendor, product, serial, device, path);
    }

    /** Such as "051d:0002 American Power Conversion Back-UPS RS 1000G at 1-1.4, serial 3B12345". */
    @Override
    public String toString() {
        return ids()
                + vendor.map(text -> " " + text).orElse("")
                + product.map(text -> " " + text).orElse("")
                + (path.isEmpty() ? "" : " at " + path)
                + serial.map(text -> ", serial " + text).orElse("");
    }
}
