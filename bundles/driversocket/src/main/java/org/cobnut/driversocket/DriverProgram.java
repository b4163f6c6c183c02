package org.cobnut.driversocket;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ForkJoinPool;
import org.cobnut.lifecycle.ConfigurationReload;
import org.cobnut.model.Outcome;
import org.cobnut.wire.ErrorText;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The program of one driver: it is there for its socket, and ends at the start without one; and it takes orders that
 * concern the process and not the device (sock-protocol, "INSTCMD driver.exit").
 */
final class DriverProgram {
    private static final Logger log = LoggerFactory.getLogger(DriverProgram.class);

    private final Runnable listening;
    private final Runnable failed;
    private final Runnable done;
    private volatile @Nullable ConfigurationReload reload;
    private boolean begun;

    /** Who hears that the socket is there, that it cannot be, and that the program shall end. */
    DriverProgram(Runnable listening, Runnable failed, Runnable done) {
        this.listening = listening;
        this.failed = failed;
        this.done = done;
    }

    /** What reads the files anew, and says what counts from the next start only; none while there is nobody. */
    void reload(@Nullable ConfigurationReload now) {
        reload = now;
    }

    /** The socket is there, perhaps again. The loop's thread. */
    void listens() {
        begun = true;
        listening.run();
    }

    /** Ends the program, and whether it does: one that has served once goes on, and tries again. The loop's thread. */
    boolean fails(String reason) {
        if (begun) return false;
        log.error("Fatal error: {}", reason);
        failed.run();
        return true;
    }

    /** What is done with an order for the process; nothing when it is one for the device. */
    Optional<CompletionStage<Outcome>> order(String command) {
        return switch (command.toLowerCase(Locale.ROOT)) {
            case "driver.exit" -> {
                done.run();
                yield Optional.of(CompletableFuture.completedFuture(Outcome.handled()));
            }
            case "driver.reload" -> {
                ForkJoinPool.commonPool().execute(this::read);
                yield Optional.of(CompletableFuture.completedFuture(Outcome.handled()));
            }
            case "driver.reload-or-error" -> Optional.of(CompletableFuture.supplyAsync(this::read));
            case "driver.reload-or-exit" -> {
                ForkJoinPool.commonPool().execute(this::readOrExit);
                yield Optional.of(CompletableFuture.completedFuture(Outcome.handled()));
            }
            default -> Optional.empty();
        };
    }

    /** Ends the program if an edit counts from the next start only. Blocks. */
    void readOrExit() {
        try {
            var late = late();
            if (late.isEmpty()) return;
            log.warn("ends, for these count from the next start: {}", String.join(", ", late));
            done.run();
        } catch (IOException e) {
            log.error("the files are not read anew: {}", ErrorText.of(e));
        }
    }

    private Outcome read() {
        try {
            var late = late();
            return late.isEmpty()
                    ? Outcome.handled()
                    : Outcome.failed("these count from the next start: " + String.join(", ", late));
        } catch (IOException e) {
            return Outcome.failed(ErrorText.of(e));
        }
    }

    private List<String> late() throws IOException {
        var reader = reload;
        if (reader == null) throw new IOException("no bundle here reads the configuration");
        return reader.reload();
    }
}
