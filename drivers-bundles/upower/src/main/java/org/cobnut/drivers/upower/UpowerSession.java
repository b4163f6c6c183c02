package org.cobnut.drivers.upower;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.cobnut.driver.Due;
import org.cobnut.driver.Report;
import org.cobnut.driver.Session;

/** One device: what UPower says, in NUT's words. */
final class UpowerSession implements Session {
    /** Words of ups.status by the property State, from 0 on; it is 0 when UPower does not know. */
    private static final List<List<String>> STATES = List.of(
            List.of(),
            List.of("OL", "CHRG"),
            List.of("OB", "DISCHRG"),
            List.of("OB", "LB"),
            List.of("OL"),
            List.of("OL"),
            List.of("OB"));

    /** The property Technology, from 1 on. */
    private static final List<String> TECHNOLOGIES =
            List.of("", "Li-ion", "Li-poly", "LiFePO4", "PbAc", "NiCd", "NiMH");

    /** From here on WarningLevel says that the battery is low. */
    private static final int LOW = 3;

    private final UpowerDevice device;
    private final int lowCharge;

    UpowerSession(UpowerDevice device, int lowCharge) {
        this.device = device;
        this.lowCharge = lowCharge;
    }

    @Override
    public void poll(Report report, Due due) throws IOException {
        Map<String, Object> all = device.properties();
        if (Boolean.FALSE.equals(all.get("IsPresent")))
            throw new IOException("UPower says that the battery is missing");
        int state = (int) number(all, "State").orElse(0);
        List<String> words = state >= 0 && state < STATES.size() ? STATES.get(state) : List.of();
        if (words.isEmpty()) throw new IOException("UPower does not know the state of the device");
        text(report, "ups.mfr", all, "Vendor");
        text(report, "ups.model", all, "Model");
        text(report, "ups.serial", all, "Serial");
        measured(report, "battery.charge", number(all, "Percentage"), 0);
        measured(report, "battery.voltage", positive(all, "Voltage"), 2);
        measured(report, "battery.temperature", positive(all, "Temperature"), 1);
        measured(report, "battery.runtime", positive(all, "TimeToEmpty"), 0);
        int technology = (int) number(all, "Technology").orElse(0);
        if (technology > 0 && technology < TECHNOLOGIES.size())
            report.set("battery.type", TECHNOLOGIES.get(technology));
        words.forEach(report::status);
        if (!words.contains("LB") && low(all)) report.status("LB");
        if (lowCharge > 0) report.set("battery.charge.low", Integer.toString(lowCharge));
    }

    private boolean low(Map<String, Object> all) {
        if (lowCharge > 0) return number(all, "Percentage").orElse(100) <= lowCharge;
        return number(all, "WarningLevel").orElse(0) >= LOW;
    }

    private static void text(Report report, String name, Map<String, Object> all, String property) {
        if (all.get(property) instanceof String text && !text.isBlank()) report.set(name, text.strip());
        else report.remove(name);
    }

    private static void measured(Report report, String name, OptionalDouble value, int decimals) {
        if (value.isPresent()) report.set(name, String.format(Locale.ROOT, "%." + decimals + "f", value.getAsDouble()));
        else report.remove(name);
    }

    private static OptionalDouble number(Map<String, Object> all, String property) {
        return all.get(property) instanceof Number number
                ? OptionalDouble.of(number.doubleValue())
                : OptionalDouble.empty();
    }

    /** UPower says 0 for what it does not know. */
    private static OptionalDouble positive(Map<String, Object> all, String property) {
        OptionalDouble number = number(all, property);
        return number.isPresent() && number.getAsDouble() > 0 ? number : OptionalDouble.empty();
    }

    @Override
    public void close() {
        device.close();
    }
}
