package org.cobnut.shell;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.cobnut.device.DeviceService;
import org.cobnut.device.DriverFigures;
import org.cobnut.model.Health;
import org.cobnut.model.Names;
import org.cobnut.model.Snapshot;

/**
 * Holds what a list tells of a device at one moment.
 *
 * @param driver its name; empty when neither the device nor its section tells
 * @param status the words of ups.status, FSD first while upsd has set it; empty when it has none
 * @param health empty while no driver has it
 * @param process the process of its driver; empty when it has none of its own
 * @param figures of its driver
 */
record DeviceState(
        String driver,
        String status,
        Optional<Health> health,
        SortedMap<String, String> values,
        Optional<ProcessHandle> process,
        DriverFigures figures) {
    /** A section of ups.conf without a device. */
    static DeviceState configured(String driver) {
        return new DeviceState(driver, "", Optional.empty(), new TreeMap<>(), Optional.empty(), DriverFigures.NONE);
    }

    static DeviceState of(DeviceService device, boolean fsd) {
        Snapshot snapshot = device.snapshot();
        var values = new TreeMap<String, String>(Names.ORDER);
        snapshot.variables().values().forEach(variable -> values.put(variable.name(), variable.value()));
        String status = values.getOrDefault("ups.status", "");
        return new DeviceState(
                values.getOrDefault("driver.name", ""),
                fsd ? ("FSD " + status).strip() : status,
                Optional.of(snapshot.health()),
                values,
                Optional.empty(),
                device.figures());
    }

    /** A device that was never read does not know its driver's name; its section does. */
    DeviceState ofSection(DeviceState section) {
        return driver.isEmpty() ? new DeviceState(section.driver, status, health, values, process, figures) : this;
    }

    DeviceState inProcess(ProcessHandle own) {
        return new DeviceState(driver, status, health, values, Optional.of(own), figures);
    }
}
