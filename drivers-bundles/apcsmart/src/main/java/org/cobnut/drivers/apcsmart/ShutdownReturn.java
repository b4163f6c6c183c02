package org.cobnut.drivers.apcsmart;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cobnut.drivers.apcsmart.Address.Order;
import org.cobnut.table.Row;

/** Shutdowns from which the UPS comes back with the mains, as texts that the wire sends. */
final class ShutdownReturn {
    /** Soft: off after the UPS's own delay; on again when the mains are back and the battery is charged enough. */
    static final String SOFT = "S";
    /** Soft after a simulated power failure, for a UPS that takes S on battery only. */
    static final String FORCED = "US";
    /** Hard: off at once, on again after a number of tenths of an hour, which stands behind it. */
    static final String HARD = "@";

    private static final Pattern AT = Pattern.compile("(?i)at:(\\d{1,3})");

    private ShutdownReturn() {}

    static Row<Address> row(Unit unit) {
        return Row.command("shutdown.return", Order.SHUTDOWN, (argument, known) -> {
            Matcher matcher = AT.matcher(argument);
            if (matcher.matches() && unit.knows('@')) return hard(matcher.group(1));
            if (unit.knows('S') && argument.isEmpty()) return SOFT;
            if (unit.knows('S') && argument.equalsIgnoreCase("cs")) return FORCED;
            throw new IllegalArgumentException(
                    "'%s' is nothing that this UPS takes; it takes %s".formatted(argument, taken(unit)));
        });
    }

    /** @param tenths of an hour; empty for none */
    static String hard(String tenths) {
        if (!tenths.matches("\\d{0,3}")) throw new IllegalArgumentException("'" + tenths + "' is not 0 to 999");
        return HARD + "%03d".formatted(tenths.isEmpty() ? 0 : Integer.parseInt(tenths));
    }

    private static String taken(Unit unit) {
        String soft = unit.knows('S') ? "nothing, cs" : "";
        String hard = unit.knows('@') ? "at:N with N tenths of an hour" : "";
        return soft + (soft.isEmpty() || hard.isEmpty() ? "" : ", ") + hard;
    }
}
