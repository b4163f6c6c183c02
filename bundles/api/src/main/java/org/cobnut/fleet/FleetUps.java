package org.cobnut.fleet;

import java.time.Instant;
import java.util.Optional;

/**
 * A UPS of any machine, as that machine published it last. Figures are texts as NUT has them, and empty when they are not
 * known.
 *
 * @param node the machine that publishes it
 * @param reachable whether the values are those of now
 * @param status the words of ups.status
 * @param charge of the battery, in percent
 * @param runtime estimated, in seconds
 * @param load in percent
 * @param alarm the text of ups.alarm
 * @param since when the status of now began
 */
public record FleetUps(
        String node,
        String ups,
        boolean reachable,
        String status,
        String charge,
        String runtime,
        String load,
        String alarm,
        String model,
        Optional<Instant> since) {}
