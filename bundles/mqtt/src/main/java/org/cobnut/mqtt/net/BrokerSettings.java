package org.cobnut.mqtt.net;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How a broker is reached.
 *
 * @param user empty for none
 * @param cafile certificates to trust; without it those that Java trusts
 * @param certfile our own certificate with its chain
 * @param keyfile its key; without it the key is in {@code certfile}
 * @param statusTopic where the broker itself says that we are gone
 */
public record BrokerSettings(
        BrokerAddress address,
        String clientId,
        String user,
        String password,
        Optional<Path> cafile,
        Optional<Path> certfile,
        Optional<Path> keyfile,
        String statusTopic) {
    /** Says nothing secret. */
    @Override
    public String toString() {
        return "BrokerSettings[" + address + ' ' + clientId + ']';
    }
}
