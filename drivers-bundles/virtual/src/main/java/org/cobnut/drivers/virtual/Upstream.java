package org.cobnut.drivers.virtual;

import java.io.InterruptedIOException;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.cobnut.device.DeviceService;
import org.cobnut.link.Links;
import org.cobnut.model.Health;
import org.cobnut.model.Outcome;
import org.cobnut.model.Snapshot;

/**
 * Another device at the moment of a poll.
 *
 * @param port as ups.conf names it
 * @param snapshot empty while there is no such device
 */
record Upstream(String port, Optional<DeviceService> device, Optional<Snapshot> snapshot) {
    /** Shorter than the runtime's deadline for a call, so that a silent device costs an answer and not the session. */
    private static final int PATIENCE_SECONDS = 20;

    static Upstream of(Links links, String port) {
        Optional<DeviceService> device = links.device(port);
        return new Upstream(port, device, device.map(DeviceService::snapshot));
    }

    /** Whether its values are true now. */
    boolean fresh() {
        return snapshot.map(Snapshot::health)
                .filter(Health.Fresh.class::isInstance)
                .isPresent();
    }

    /** Whether its driver speaks, be it only to say that it knows nothing. */
    boolean answers() {
        return fresh()
                || snapshot.map(Snapshot::health)
                        .filter(Health.Stale.class::isInstance)
                        .isPresent();
    }

    /** Whether it has ever said anything. */
    boolean known() {
        return snapshot.filter(now -> !now.variables().isEmpty()).isPresent();
    }

    /** Why its values are not true, in words. */
    String trouble() {
        if (snapshot.isEmpty()) return "waits for " + port + ": there is no such device";
        Health health = snapshot.get().health();
        return port + " is " + health.word() + (health.reason().isEmpty() ? "" : ": " + health.reason());
    }

    Outcome set(String variable, String value) throws InterruptedIOException {
        return device.isEmpty() ? Outcome.failed(trouble()) : await(device.get().set(variable, value));
    }

    Outcome run(String command, String argument) throws InterruptedIOException {
        return device.isEmpty() ? Outcome.failed(trouble()) : await(device.get().run(command, argument));
    }

    private Outcome await(CompletionStage<Outcome> stage) throws InterruptedIOException {
        try {
            return stage.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException silence) {
            return Outcome.failed(port + " did not say within " + PATIENCE_SECONDS + " s how it ended");
        } catch (ExecutionException broken) {
            return Outcome.failed(String.valueOf(broken.getCause()));
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while " + port + " was asked");
        }
    }
}
