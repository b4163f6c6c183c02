package org.cobnut.management;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cobnut.device.DeviceService;
import org.cobnut.web.variable.SecretVariables;

/** Answers from the last snapshot of a device. */
final class DeviceBean implements DeviceMXBean {
    private final DeviceService device;

    DeviceBean(DeviceService device) {
        this.device = device;
    }

    @Override
    public String getStatus() {
        return device.snapshot().value("ups.status").orElse("");
    }

    @Override
    public String getHealth() {
        return device.snapshot().health().word();
    }

    @Override
    public String getReason() {
        return device.snapshot().health().reason();
    }

    @Override
    public Map<String, String> getVariables() {
        var values = new TreeMap<String, String>();
        device.snapshot().variables().values().stream()
                .filter(variable -> !SecretVariables.holds(variable.name()))
                .forEach(variable -> values.put(variable.name(), variable.value()));
        return values;
    }

    @Override
    public List<String> getCommands() {
        return List.copyOf(device.snapshot().commands());
    }
}
