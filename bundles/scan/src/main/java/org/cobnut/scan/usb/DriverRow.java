package org.cobnut.scan.usb;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.cobnut.link.usb.UsbDeviceId;
import org.cobnut.link.usb.UsbIdentity;

/**
 * One device that a driver declares by the service property {@link org.cobnut.driver.Driver#USB}.
 *
 * @param strings what the device's strings must be, by the names {@code vendor} and {@code product}
 * @param options what its section must say, {@code NAME=VALUE}
 * @param ranking of the driver's service
 */
record DriverRow(String driver, UsbDeviceId id, Map<String, Pattern> strings, List<String> options, int ranking) {
    /** The row that says most of a device comes first, then the one of the higher ranking. */
    static final Comparator<DriverRow> BEST_FIRST = Comparator.comparingInt(DriverRow::weight)
            .thenComparingInt(DriverRow::ranking)
            .reversed()
            .thenComparing(DriverRow::driver);

    /**
     * Reads a value of the property.
     *
     * @throws IllegalArgumentException when it is none; a sentence for whoever wrote the driver
     */
    static DriverRow parse(String driver, String text, int ranking) {
        String[] words = text.strip().split(";", -1);
        var strings = new TreeMap<String, Pattern>();
        var options = new ArrayList<String>();
        for (int i = 1; i < words.length; i++) {
            int equals = words[i].indexOf('=');
            String name = equals < 0 ? words[i] : words[i].substring(0, equals);
            String value = equals < 0 ? "" : words[i].substring(equals + 1);
            if (name.equals("vendor") || name.equals("product")) strings.put(name, pattern(driver, value));
            else if (name.startsWith("option.")) options.add(words[i].substring("option.".length()));
            else
                throw new IllegalArgumentException(
                        "driver %s declares '%s' for a device on USB, which is none of vendor=, product= and option.NAME="
                                .formatted(driver, words[i]));
        }
        return new DriverRow(driver, UsbDeviceId.parse(words[0].toLowerCase(Locale.ROOT)), strings, options, ranking);
    }

    boolean matches(UsbIdentity device) {
        return id.matches(device)
                && matches("vendor", device.vendor().orElse(""))
                && matches("product", device.product().orElse(""));
    }

    private boolean matches(String name, String text) {
        Pattern wanted = strings.get(name);
        return wanted == null || wanted.matcher(text).matches();
    }

    private int weight() {
        return 2 * strings.size() + (id.product().isPresent() ? 1 : 0);
    }

    private static Pattern pattern(String driver, String text) {
        try {
            return Pattern.compile(text, Pattern.CASE_INSENSITIVE);
        } catch (PatternSyntaxException wrong) {
            throw new IllegalArgumentException(
                    "driver %s declares '%s' for a device on USB, which is no regular expression"
                            .formatted(driver, text),
                    wrong);
        }
    }
}
