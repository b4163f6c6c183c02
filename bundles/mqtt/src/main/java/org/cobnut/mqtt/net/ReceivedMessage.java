package org.cobnut.mqtt.net;

import java.nio.charset.StandardCharsets;

/**
 * A message as it came.
 *
 * @param retained whether the broker had kept it, so that it may be old
 */
@SuppressWarnings("ArrayRecordComponent") // read once, by whoever it is given to
public record ReceivedMessage(String topic, byte[] payload, boolean retained) {
    /** The payload as text. */
    public String text() {
        return new String(payload, StandardCharsets.UTF_8);
    }
}
