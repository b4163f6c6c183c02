package org.cobnut.link.usb;

import java.util.Objects;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One row of a driver's table of devices: a vendor, one of its products or all of them, and which interface and endpoints
 * such a device uses where these are not the usual ones. Immutable.
 */
public final class UsbDeviceId {
    private static final Pattern TEXT = Pattern.compile("([0-9a-fA-F]{4}):([0-9a-fA-F]{4}|\\*)");

    private final int vendor;
    private final OptionalInt product;
    private final OptionalInt interfaceNumber;
    private final OptionalInt endpointIn;
    private final OptionalInt endpointOut;

    private UsbDeviceId(
            int vendor,
            OptionalInt product,
            OptionalInt interfaceNumber,
            OptionalInt endpointIn,
            OptionalInt endpointOut) {
        this.vendor = vendor;
        this.product = product;
        this.interfaceNumber = interfaceNumber;
        this.endpointIn = endpointIn;
        this.endpointOut = endpointOut;
    }

    /** One product. */
    public static UsbDeviceId of(int vendor, int product) {
        return new UsbDeviceId(
                vendor, OptionalInt.of(product), OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());
    }

    /** All products of a vendor. */
    public static UsbDeviceId ofVendor(int vendor) {
        return new UsbDeviceId(
                vendor, OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());
    }

    /**
     * Reads {@code VENDOR:PRODUCT}, four hexadecimal digits each, or {@code VENDOR:*}.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static UsbDeviceId parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches())
            throw new IllegalArgumentException(
                    "'" + text + "' is not VENDOR:PRODUCT in hexadecimal, such as 051d:0002");
        int vendor = Integer.parseInt(matcher.group(1), 16);
        return matcher.group(2).equals("*") ? ofVendor(vendor) : of(vendor, Integer.parseInt(matcher.group(2), 16));
    }

    /** The same on another interface than the usual one. */
    public UsbDeviceId onInterface(int number) {
        return new UsbDeviceId(vendor, product, OptionalInt.of(number), endpointIn, endpointOut);
    }

    /** The same with another endpoint for interrupt reports than the first one of the interface, such as 0x84. */
    public UsbDeviceId withEndpointIn(int address) {
        return new UsbDeviceId(vendor, product, interfaceNumber, OptionalInt.of(address), endpointOut);
    }

    /** The same with another endpoint for what is sent by interrupt than the first one of the interface, such as 0x02. */
    public UsbDeviceId withEndpointOut(int address) {
        return new UsbDeviceId(vendor, product, interfaceNumber, endpointIn, OptionalInt.of(address));
    }

    /** Whether it is a device of this row. */
    public boolean matches(UsbIdentity identity) {
        return matches(identity.vendorId(), identity.productId());
    }

    /** Whether a device with these ids is one of this row. */
    public boolean matches(int vendorId, int productId) {
        return vendor == vendorId && (product.isEmpty() || product.getAsInt() == productId);
    }

    public int vendor() {
        return vendor;
    }

    /** The product; empty for all of the vendor. */
    public OptionalInt product() {
        return product;
    }

    /** The interface; empty for the usual one. */
    public OptionalInt interfaceNumber() {
        return interfaceNumber;
    }

    /** The endpoint for interrupt reports; empty for the first one of the interface. */
    public OptionalInt endpointIn() {
        return endpointIn;
    }

    /** The endpoint for what is sent by interrupt; empty for the first one of the interface. */
    public OptionalInt endpointOut() {
        return endpointOut;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof UsbDeviceId that
                && vendor == that.vendor
                && product.equals(that.product)
                && interfaceNumber.equals(that.interfaceNumber)
                && endpointIn.equals(that.endpointIn)
                && endpointOut.equals(that.endpointOut);
    }

    @Override
    public int hashCode() {
        return Objects.hash(vendor, product, interfaceNumber, endpointIn, endpointOut);
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return "%04x:%s".formatted(vendor, product.isEmpty() ? "*" : "%04x".formatted(product.getAsInt()));
    }
}
