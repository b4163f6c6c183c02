package org.cobnut.drivers.virtual;

import java.util.List;
import java.util.Optional;

/**
 * A device that may be shown, as far as the choice among several depends on it.
 *
 * @param alive whether it has said something, and not too long ago
 * @param fresh whether what it said is true now
 * @param status its words
 * @param forced whether somebody put it before all others
 * @param ignored whether somebody took it out of the choice
 */
record Candidate(
        String port,
        boolean alive,
        boolean fresh,
        List<String> status,
        Optional<Double> runtime,
        Optional<Double> lowRuntime,
        boolean forced,
        boolean ignored) {}
