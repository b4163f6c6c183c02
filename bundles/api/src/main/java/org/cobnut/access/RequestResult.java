package org.cobnut.access;

/**
 * How a request of a user ended.
 *
 * @param error the word of NUT's protocol, such as {@code ACCESS-DENIED}; empty when the device has done it
 * @param reason one sentence of the device's driver; empty when there is nothing to add
 */
public record RequestResult(String error, String reason) {
    public boolean succeeded() {
        return error.isEmpty();
    }
}
