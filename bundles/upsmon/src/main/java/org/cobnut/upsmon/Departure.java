package org.cobnut.upsmon;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The end of the way: the flag, then SHUTDOWNCMD, on threads of their own. A disk that takes no flag does not keep the
 * machine up; a command that cannot be started is tried again.
 */
final class Departure {
    private static final int FLAG_SECONDS = 2;
    private static final int TRIES = 60;
    private static final int AGAIN_SECONDS = 5;
    private static final int EXIT_SECONDS = 330;

    private final Consumer<String> log;
    private final Optional<Helper> helper;
    private final CountDownLatch written = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);

    Departure(Consumer<String> log) {
        this(log, Optional.empty());
    }

    /** @param helper does both as root, where we are not */
    Departure(Consumer<String> log, Optional<Helper> helper) {
        this.log = log;
        this.helper = helper;
    }

    /** Writes POWERDOWNFLAG. Returns at once. */
    void flag(Delivery delivery) {
        thread("upsmon flag", () -> {
            try {
                if (helper.isPresent()) helper.get().flag();
                else if (delivery.flag().isPresent()) Flag.write(delivery.flag().get());
            } catch (IOException failed) {
                log.accept("Cannot write POWERDOWNFLAG %s: %s"
                        .formatted(delivery.flag().orElseThrow(), failed.getMessage()));
            } finally {
                written.countDown();
            }
        });
    }

    /** Runs SHUTDOWNCMD behind the flag. Returns at once. */
    void shutdown(Delivery delivery) {
        thread("upsmon shutdown", () -> {
            try {
                if (!written.await(FLAG_SECONDS, TimeUnit.SECONDS))
                    log.accept("POWERDOWNFLAG is not written after %d s; not waiting for it".formatted(FLAG_SECONDS));
                run(delivery.shutdownCmd());
            } catch (InterruptedException asked) {
                Thread.currentThread().interrupt();
            } finally {
                done.countDown();
            }
        });
    }

    /** Does something when SHUTDOWNCMD has ended, or has had its time. Returns at once. */
    void afterwards(Runnable last) {
        thread("upsmon exit", () -> {
            try {
                if (!done.await(EXIT_SECONDS, TimeUnit.SECONDS))
                    log.accept("SHUTDOWNCMD does not end; not waiting for it");
            } catch (InterruptedException asked) {
                Thread.currentThread().interrupt();
            }
            last.run();
        });
    }

    /** What a shell is given: the first word as it is, others as words (2.8.6). */
    static String line(List<String> command) {
        var text = new StringBuilder(command.get(0));
        for (String word : command.subList(1, command.size()))
            text.append(" '").append(word.replace("'", "'\\''")).append('\'');
        return text.toString();
    }

    private void run(List<String> command) throws InterruptedException {
        if (command.isEmpty()) {
            log.accept("There is no SHUTDOWNCMD: nothing shuts this machine down");
            return;
        }
        for (int tries = 0; tries < TRIES; tries++) {
            try {
                int code = helper.isPresent() ? helper.get().shutdown() : runHere(command);
                if (code == 0) return;
                log.accept("SHUTDOWNCMD ended with %d; trying again in %d s".formatted(code, AGAIN_SECONDS));
            } catch (IOException failed) {
                log.accept("Cannot run SHUTDOWNCMD: %s; trying again in %d s"
                        .formatted(failed.getMessage(), AGAIN_SECONDS));
            }
            TimeUnit.SECONDS.sleep(AGAIN_SECONDS);
        }
        log.accept("SHUTDOWNCMD failed %d times: this machine stays up".formatted(TRIES));
    }

    private static int runHere(List<String> command) throws IOException, InterruptedException {
        return new ProcessBuilder("/bin/sh", "-c", line(command))
                .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(Redirect.INHERIT)
                .redirectError(Redirect.INHERIT)
                .start()
                .waitFor();
    }

    private static void thread(String name, Runnable work) {
        var thread = new Thread(work, name);
        thread.setDaemon(false);
        thread.start();
    }
}
