package org.cobnut.web.metrics;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.cobnut.model.Variable;
import org.cobnut.web.device.Device;
import org.cobnut.web.variable.SecretVariables;

/** Devices as metrics with the names and shapes of nut_exporter, so that its dashboards and alerts work. */
final class UpsMetrics {
    private static final String NAMESPACE = "network_ups_tools_";
    private static final List<String> FLAGS = List.of(
            "OL", "OB", "LB", "HB", "RB", "CHRG", "DISCHRG", "BYPASS", "CAL", "OFF", "OVER", "TRIM", "BOOST", "FSD",
            "SD");
    private static final List<String> INFO =
            List.of("mfr", "model", "serial", "type", "description", "contact", "location", "part", "macaddr");
    private static final Set<String> ON = Set.of("enabled", "on", "yes", "true", "active");
    private static final Set<String> OFF = Set.of("disabled", "off", "no", "false", "inactive");
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,15}(\\.\\d{1,15})?");
    private static final Pattern OTHER = Pattern.compile("[^a-z0-9_]");

    private final Set<String> flags;
    private final Set<String> only;
    private final UnaryOperator<String> describe;

    /**
     * A writer of devices.
     *
     * @param flags words of ups.status that are always there; empty for all that are known
     * @param only variables that are written; empty for all
     * @param describe gives the description of a variable
     */
    UpsMetrics(Collection<String> flags, Collection<String> only, UnaryOperator<String> describe) {
        this.flags = flags.isEmpty() ? new LinkedHashSet<>(FLAGS) : new LinkedHashSet<>(flags);
        this.only = Set.copyOf(only);
        this.describe = describe;
    }

    /** Adds devices; of one whose values are not those of now, only that it is not up. */
    void add(MetricFamilies metrics, Collection<Device> devices) {
        // Every flag that some device has is 0 for the others, as the words of the list are.
        var all = new LinkedHashSet<>(flags);
        devices.stream().filter(Device::fresh).forEach(device -> all.addAll(device.status()));
        for (Device device : devices) {
            metrics.gauge(
                    NAMESPACE + "up",
                    "Whether the values of the UPS are those of now",
                    Map.of("ups", device.name()),
                    device.fresh() ? 1 : 0);
            if (device.fresh()) values(metrics, device, all);
        }
    }

    private void values(MetricFamilies metrics, Device device, Set<String> all) {
        var labels = new LinkedHashMap<String, String>();
        labels.put("ups", device.name());
        for (String name : INFO)
            device.snapshot()
                    .value("device." + name)
                    .or(() -> name.equals("mfr") || name.equals("model") || name.equals("serial")
                            ? device.snapshot().value("ups." + name)
                            : Optional.empty())
                    .ifPresent(value -> labels.put(name, value));
        metrics.gauge(NAMESPACE + "device_info", "UPS device information", labels, 1);
        for (String flag : all)
            metrics.gauge(
                    NAMESPACE + "ups_status",
                    "UPS Status Code",
                    MetricFamilies.labels("ups", device.name(), "flag", flag),
                    device.status().contains(flag) ? 1 : 0);
        for (Variable variable : device.snapshot().variables().values()) {
            if (!only.isEmpty() && !only.contains(variable.name())) continue;
            if (SecretVariables.holds(variable.name()) || variable.name().equals("ups.status")) continue;
            OptionalDouble value = number(variable.value());
            if (value.isEmpty()) continue;
            String description = describe.apply(variable.name());
            metrics.gauge(
                    NAMESPACE
                            + OTHER.matcher(variable.name().toLowerCase(Locale.ROOT))
                                    .replaceAll("_"),
                    description.isEmpty() ? "Value of " + variable.name() : description,
                    Map.of("ups", device.name()),
                    value.getAsDouble());
        }
    }

    private static OptionalDouble number(String text) {
        String word = text.strip().toLowerCase(Locale.ROOT);
        if (ON.contains(word)) return OptionalDouble.of(1);
        if (OFF.contains(word)) return OptionalDouble.of(0);
        return NUMBER.matcher(word).matches() ? OptionalDouble.of(Double.parseDouble(word)) : OptionalDouble.empty();
    }
}
