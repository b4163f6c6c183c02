package org.cobnut.cli.log;

import java.io.IOException;
import java.util.Optional;
import org.cobnut.cli.client.PolledServer;
import org.cobnut.client.Address;
import org.cobnut.client.Connection;

/**
 * Represents one UPS that upslog writes into one file, or all UPSes of a server.
 *
 * @param name as it was given
 */
public record LogTarget(String name, Address address, PolledServer server, LogFile file) {
    /** Adds a line; of a server that cannot be reached, what is to be known of it is NA. */
    void log(LogFormat format) {
        Optional<Connection> connection = server.connection();
        if (!address.ups().equals("*")) {
            file.write(format.line(
                    name, connection.map(there -> there.ups(address.ups())).orElse(null)));
            return;
        }
        if (connection.isEmpty()) return;
        try {
            for (String ups : connection.get().upses().keySet())
                file.write(format.line(ups + name.substring(1), connection.get().ups(ups)));
        } catch (IOException e) {
            // It is asked again in the next round.
        }
    }
}
