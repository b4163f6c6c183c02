package org.cobnut.notify;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Opens targets of one kind, such as mail. Registered as a service with the property {@link #KIND}. A section of
 * notify.conf with {@code kind = ...} of that name becomes a target; queues, retries, quiet hours and logs are not the
 * notifier's business.
 */
@FunctionalInterface
@ConsumerType
public interface Notifier {
    /** The service property with the kind, as notify.conf names it. */
    String KIND = "notifier.kind";

    /**
     * Checks the settings of a target and makes its sender. Connects to nothing and does not block.
     *
     * @throws IllegalArgumentException when the target cannot be used; the message names the keyword and what it wants,
     *     and holds no secret
     */
    Sender open(TargetSettings settings);
}
