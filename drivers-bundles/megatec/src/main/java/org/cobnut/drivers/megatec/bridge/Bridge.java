package org.cobnut.drivers.megatec.bridge;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import org.cobnut.drivers.megatec.wire.TextLine;
import org.cobnut.link.usb.UsbLink;

/** The chips, by the names that the option {@code subdriver} has for them. */
@SuppressWarnings("ImmutableEnumChecker") // its functions have no state
public enum Bridge {
    CYPRESS((link, options) -> new ReportLine(
            link,
            ReportLine.Way.slices(0x0200, 8, 8)
                    .drained(options.drain()
                            .orElse(link.identity().vendorId() == 0x0665
                                    && link.identity().productId() == 0x5161)))),
    PHOENIXTEC((link, options) -> new PhoenixtecLine(link)),
    PHOENIX((link, options) ->
            new ReportLine(link, ReportLine.Way.slices(0x0200, 8, 8).drainedFor(8, Duration.ofSeconds(1)))),
    IPPON((link, options) ->
            new ReportLine(link, ReportLine.Way.slices(0x0002, 8, 64).inOne())),
    OMRON((link, options) ->
            new ReportLine(link, ReportLine.Way.slices(0x0002, 16, 64).inOne())),
    KRAULER((link, options) -> new StringLine(link, options, StringLine.Kind.KRAULER)),
    FABULA((link, options) -> new StringLine(link, options, StringLine.Kind.FABULA)),
    HUNNOX((link, options) -> new StringLine(link, options, StringLine.Kind.HUNNOX)),
    FUJI((link, options) -> new FujiLine(link)),
    SGS((link, options) ->
            new ReportLine(link, ReportLine.Way.slices(0x0200, 8, 8).counted())),
    SNR((link, options) -> new StringLine(link, options, StringLine.Kind.SNR)),
    ABLEREX((link, options) -> new AblerexLine(link)),
    ARMAC((link, options) -> new ArmacLine(link)),
    GTEC((link, options) -> new ReportLine(link, ReportLine.Way.slices(0x0002, 8, 128)));

    private final BiFunction<UsbLink, Options, TextLine> opener;

    /**
     * What a section of ups.conf says of a chip.
     *
     * @param language the language of strings, whatever the device says
     * @param scan whether the device is asked for its languages even so
     * @param drain whether old reports are read away before each command; empty for where it is known to be needed
     * @param identity whether the device may be asked who made it
     */
    public record Options(OptionalInt language, boolean scan, Optional<Boolean> drain, boolean identity) {
        /** A section that says nothing. */
        public static final Options NONE = new Options(OptionalInt.empty(), true, Optional.empty(), true);
    }

    Bridge(BiFunction<UsbLink, Options, TextLine> opener) {
        this.opener = opener;
    }

    /** Carries texts over a device that has this chip. Takes the link over. */
    public TextLine over(UsbLink link, Options options) {
        return opener.apply(link, options);
    }

    /** The name in ups.conf. */
    public String spelled() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The chip of that name, whatever its case. */
    public static Optional<Bridge> named(String name) {
        for (Bridge bridge : values()) if (bridge.spelled().equalsIgnoreCase(name)) return Optional.of(bridge);
        return Optional.empty();
    }
}
