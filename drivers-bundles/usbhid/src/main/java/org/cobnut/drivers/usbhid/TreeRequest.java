package org.cobnut.drivers.usbhid;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/** Hands the wish for a tree to the thread that may use the device, and the tree back. */
final class TreeRequest {
    private static final long WAIT_SECONDS = 25;

    private final AtomicReference<Optional<CompletableFuture<String>>> wish = new AtomicReference<>(Optional.empty());

    /**
     * Waits for the tree; any thread.
     *
     * @param wake asks for a poll
     */
    String await(Runnable wake) throws IOException {
        var mine = new CompletableFuture<String>();
        wish.getAndSet(Optional.of(mine))
                .ifPresent(
                        other -> other.completeExceptionally(new IOException("another asked for it at the same time")));
        wake.run();
        try {
            return mine.get(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IOException("the device was not polled in %d s; see: nutctl list".formatted(WAIT_SECONDS), e);
        } catch (ExecutionException e) {
            throw new IOException("the device did not tell everything: " + reason(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the wait for the device was interrupted", e);
        }
    }

    private static String reason(ExecutionException e) {
        Throwable cause = e.getCause();
        return cause == null ? "it gave no reason" : String.valueOf(cause.getMessage());
    }

    /** Draws the tree if somebody waits for it; the polling thread. */
    void answer(Inspection inspection) {
        Optional<CompletableFuture<String>> waiting = wish.getAndSet(Optional.empty());
        if (waiting.isEmpty()) return;
        try {
            waiting.get().complete(inspection.tree());
        } catch (IOException | RuntimeException e) {
            waiting.get().completeExceptionally(e); // the next poll finds out for itself what is wrong with the device
        }
    }

    /** The device is closed. */
    void end() {
        wish.getAndSet(Optional.empty())
                .ifPresent(waiting -> waiting.completeExceptionally(new IOException("the device was closed")));
    }
}
