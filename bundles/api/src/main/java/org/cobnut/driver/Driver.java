package org.cobnut.driver;

import java.io.IOException;
import org.cobnut.link.Links;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A driver program by NUT's name, offered by a driver bundle as a service with the property {@link #NAME}. One driver
 * serves many devices, so it holds no state of any: all of that is the {@link Session}'s.
 */
@ConsumerType
public interface Driver {
    /** Service property: the name that ups.conf gives as {@code driver}, such as "nutdrv_qx"; a string or several. */
    String NAME = "driver.name";

    /** Service property, optional: the version shown as driver.version.internal. */
    String VERSION = "driver.version";

    /**
     * Service property, optional: devices on USB that it can serve, each {@code VENDOR:PRODUCT} in four hexadecimal digits
     * or {@code *} for all products; a string or several. {@code nutctl udev} makes rules for udev of them, and scanners name
     * the driver and its options for a device by them. Behind the ids may stand, each after a semicolon and without blanks, what
     * the device's strings must hold ({@code vendor=REGEX}, {@code product=REGEX}), and options that its section needs
     * ({@code option.NAME=VALUE}): {@code 0001:0000;vendor=MEC;product=MEC0003;option.subdriver=fabula}.
     *
     * <p>Of several drivers that fit, the one counts whose value says most of the device (strings before a product before
     * all products), then the one with the higher {@code service.ranking}; the others are alternatives.
     */
    String USB = "driver.usb";

    /**
     * Service property, optional: {@code "true"} for a driver that was never proven on a device or beside NUT's own, and only
     * does what others found out. {@code nutctl drivers} shows it.
     */
    String EXPERIMENTAL = "driver.experimental";

    /** What a section of ups.conf may say for this driver beyond what the runtime takes itself. Constant. */
    Options options();

    /**
     * Opens one device. May block up to the runtime's deadline, past which the thread is interrupted.
     *
     * @param settings already checked against {@link #options()}
     * @throws IOException when the device cannot be reached; the runtime tries again, later and later
     * @throws IllegalArgumentException when a setting makes no sense; said to the operator as it stands
     */
    Session open(Settings settings, Links links) throws IOException;
}
