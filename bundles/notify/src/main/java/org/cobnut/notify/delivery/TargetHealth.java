package org.cobnut.notify.delivery;

import java.time.Instant;
import java.util.Optional;
import org.cobnut.notify.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Remembers how a target does, and logs when it begins to fail and when it works again. Thread-safe. */
final class TargetHealth {
    private static final Logger log = LoggerFactory.getLogger(TargetHealth.class);

    private final String target;
    private Optional<Instant> delivered = Optional.empty();
    private Optional<Instant> failed = Optional.empty();
    private String error = "";
    private boolean failing;
    private int lost;

    TargetHealth(String target) {
        this.target = target;
    }

    synchronized void tried(Message message, String failure, boolean last, int waiting) {
        if (failure.isEmpty()) {
            delivered = Optional.of(Instant.now());
            if (failing) log.info("Target [{}] of notify.conf takes messages again; {} were lost", target, lost);
            failing = false;
            lost = 0;
            return;
        }
        failed = Optional.of(Instant.now());
        error = failure;
        if (last) lost++;
        if (!failing)
            log.warn(
                    "Target [{}] of notify.conf: {} is not delivered: {}; {}",
                    target,
                    message,
                    failure,
                    last ? "it is not tried again" : "it is tried again, and " + waiting + " wait");
        failing = true;
    }

    /** When the last message was delivered. */
    synchronized Optional<Instant> delivered() {
        return delivered;
    }

    /** When the last try failed. */
    synchronized Optional<Instant> failed() {
        return failed;
    }

    /** Why it failed; empty when none has. */
    synchronized String error() {
        return error;
    }

    /** Tells whether the last try failed. */
    synchronized boolean failing() {
        return failing;
    }
}
