package org.cobnut.shell;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.felix.service.command.Descriptor;
import org.cobnut.device.DeviceRecorder;
import org.cobnut.device.DeviceService;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Records what passes between a device and its driver. */
@Component(
        service = RecordCommand.class,
        property = {"osgi.command.scope=nut", "osgi.command.function=record"})
public final class RecordCommand {
    private final Map<String, DeviceRecorder> recorders = new ConcurrentHashMap<>();

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void add(DeviceRecorder recorder, Map<String, ?> properties) {
        recorders.put(String.valueOf(properties.get(DeviceService.NAME)), recorder);
    }

    void remove(DeviceRecorder recorder, Map<String, ?> properties) {
        recorders.remove(String.valueOf(properties.get(DeviceService.NAME)), recorder);
    }

    @Descriptor("record what passes between a device and its driver into a file, or stop")
    public String record(@Descriptor("the device") String ups, @Descriptor("the file, or the word stop") String file)
            throws IOException {
        DeviceRecorder recorder = recorder(ups);
        if (!file.equals("stop"))
            return "recording " + ups + " into " + recorder.record(Path.of(file)) + "; end it by: nutctl record " + ups
                    + " stop";
        return recorder.stop()
                .map(written -> written + " is written; play it by driver = replay and port = " + written)
                .orElseThrow(() -> new IllegalArgumentException(ups + " is not recorded"));
    }

    private DeviceRecorder recorder(String ups) {
        return recorders.entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(ups))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("no device " + ups + " is configured; see: nutctl list"));
    }
}
