package org.cobnut.drivers.apcsmart;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cobnut.driver.Settings;
import org.cobnut.drivers.apcsmart.Address.Order;

/**
 * How a shutdown of the host switches the UPS off: {@code sdtype}, or {@code advorder}.
 *
 * @param type as apcsmart counts them
 * @param order ways to try, a digit each; absent when type counts
 * @param hard the text of a hard shutdown
 */
record ShutdownPlan(int type, Optional<String> order, String hard) {
    /** One way to switch off. */
    record Way(Order order, String text) {}

    /**
     * Reads a section.
     *
     * @param delay the option that holds tenths of an hour
     * @param types what each number of sdtype means
     * @throws IllegalArgumentException when the section makes no sense; said to the operator
     */
    static ShutdownPlan of(Settings settings, String delay, List<Integer> types) {
        long type = settings.number("sdtype");
        if (type < 0 || type >= types.size())
            throw new IllegalArgumentException(
                    "option 'sdtype' wants 0 to %d, not %d".formatted(types.size() - 1, type));
        Optional<String> order = settings.text("advorder").filter(text -> !text.equalsIgnoreCase("no"));
        if (order.filter(text -> !text.matches("[0-4]+")).isPresent())
            throw new IllegalArgumentException(
                    "option 'advorder' wants digits from 0 to 4, or no, not '" + order.get() + "'");
        String tenths = settings.text(delay).orElse("0");
        if (!tenths.matches("\\d{1,3}"))
            throw new IllegalArgumentException(
                    "option '%s' wants tenths of an hour from 0 to 999, not '%s'".formatted(delay, tenths));
        return new ShutdownPlan(types.get((int) type), order, ShutdownReturn.hard(tenths));
    }

    /** What to try, in this order, until the UPS takes one. */
    List<Way> ways(boolean onBattery) {
        Way soft = new Way(Order.SHUTDOWN, ShutdownReturn.SOFT);
        Way sleep = new Way(Order.SHUTDOWN, hard);
        Way delayed = new Way(Order.TWICE, "K");
        Way instant = new Way(Order.TWICE_SILENT, "Z");
        Way forced = new Way(Order.SHUTDOWN, ShutdownReturn.FORCED);
        if (order.isPresent()) {
            var ways = new ArrayList<Way>();
            for (char digit : order.get().toCharArray())
                ways.add(List.of(soft, sleep, delayed, instant, forced).get(digit - '0'));
            return ways;
        }
        return switch (type) {
            case 1 -> List.of(soft, sleep);
            case 2 -> List.of(instant);
            case 3 -> List.of(delayed);
            case 4 -> List.of(forced);
            case 5 -> List.of(sleep);
            default -> List.of(onBattery ? soft : sleep);
        };
    }
}
