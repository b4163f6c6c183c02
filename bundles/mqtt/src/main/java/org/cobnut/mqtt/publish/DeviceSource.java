package org.cobnut.mqtt.publish;

import java.util.Map;
import java.util.Set;
import org.cobnut.device.DeviceService;

/** Where devices are found. Any thread; nothing blocks. */
public interface DeviceSource {
    /** The devices that are there, by name. */
    Map<String, DeviceService> devices();

    /** The names of all sections of ups.conf. */
    Set<String> configured();

    /** Whether a forced shutdown was announced for a UPS. */
    boolean fsd(String ups);
}
