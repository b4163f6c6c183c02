package org.cobnut.webconsole;

import java.util.List;
import org.cobnut.device.Logins;
import org.cobnut.model.Snapshot;

/**
 * Describes a device as the page shows it.
 *
 * @param bundle that provides it; empty for a section of ups.conf that waits for its driver
 * @param fsd whether a forced shutdown was announced
 */
record Device(
        String name, String description, String bundle, Snapshot snapshot, boolean fsd, List<Logins.Client> clients) {
    Device {
        clients = List.copyOf(clients);
    }
}
