package org.cobnut.drivers.usbhid.descriptor;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.cobnut.drivers.usbhid.descriptor.HidField.Limits;

/** Repairs limits that devices declare wrong, so that a good voltage is not cut to them. A mapping names them. */
public enum DescriptorFix {
    /**
     * APC: the voltage of the input keeps the limits of a nominal voltage, so that it stops at 255 V although the transfer
     * limit is above that.
     */
    APC_VOLTAGE {
        @Override
        public ReportDescriptor apply(ReportDescriptor wrong) {
            Optional<HidField> high = wrong.find(path("UPS.Input.HighVoltageTransfer"));
            long most = high.map(field -> field.logical().max()).orElse(0L);
            ReportDescriptor better = wrong.with(
                    widened(path("UPS.Input.Voltage"), field -> field.logical().max() < most, 2 * most));
            return better.with(widened(
                    path("UPS.Input.ConfigVoltage"), field -> field.logical().max() < 255, 255));
        }
    },

    /** CyberPower: the limits of the transfer voltage are those of all voltages behind it, too. */
    CPS_VOLTAGE {
        @Override
        public ReportDescriptor apply(ReportDescriptor wrong) {
            Optional<Limits> transfer = wrong.find(path("UPS.Input.HighVoltageTransfer"))
                    .or(() -> wrong.find(path("UPS.Output.HighVoltageTransfer")))
                    .map(HidField::logical);
            Predicate<HidField> leaked =
                    field -> transfer.filter(field.logical()::equals).isPresent();
            if (wrong.find(path("UPS.Output.Voltage")).filter(leaked).isEmpty()) return wrong;
            return wrong.with(widened(path("UPS.Output.Voltage"), leaked, LINE))
                    .with(widened(path("UPS.Input.Voltage"), leaked, LINE));
        }
    };

    /** Volts that no line reaches, in a number of bits that every device has. */
    private static final long LINE = 511;

    /** The descriptor with other limits; the same one when they are not wrong. */
    public abstract ReportDescriptor apply(ReportDescriptor wrong);

    /**
     * The fix that a mapping names.
     *
     * @throws IllegalArgumentException when there is none, with the names that there are
     */
    public static DescriptorFix named(String word) {
        for (DescriptorFix fix : values()) if (fix.word().equals(word)) return fix;
        throw new IllegalArgumentException("a fix is %s, not '%s'"
                .formatted(Arrays.stream(values()).map(DescriptorFix::word).collect(Collectors.joining(" or ")), word));
    }

    /** As a mapping names it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static HidPath path(String text) {
        return UsageNames.standard().path(text);
    }

    private static UnaryOperator<HidField> widened(HidPath path, Predicate<HidField> wrong, long most) {
        return field -> {
            if (!field.path().equals(path) || !wrong.test(field)) return field;
            long largest = field.size() >= 63 ? most : Math.min(most, (1L << field.size()) - 1);
            return field.within(new Limits(0, largest));
        };
    }
}
