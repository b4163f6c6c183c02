package org.cobnut.upsmon;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The end of the way: the flag, then SHUTDOWNCMD, on threads of their own. A disk that takes no flag does not keep the
 * machine up; a command that fails is tried again, ever more rarely, until that has gone on for long. Each departure is
 * anew: belongs to the one thread that orders them.
 */
final class Departure {
    /** For how long a SHUTDOWNCMD that fails is tried again. */
    static final int SECONDS = 300;

    private static final int FLAG_SECONDS = 2;
    private static final int FIRST = 5_000;
    private static final int LONGEST = 60_000;

    private final Consumer<String> log;
    private final Optional<Helper> helper;
    private final long first;
    private final long patience;
    private final Lane disk = new Lane("upsmon flag");
    private Optional<Path> flag = Optional.empty();
    private CountDownLatch written = new CountDownLatch(0);
    private CompletableFuture<Boolean> ended = new CompletableFuture<>();

    /** @param helper does what is to be done as root, where we are not */
    Departure(Consumer<String> log, Optional<Helper> helper) {
        this(log, helper, FIRST, TimeUnit.SECONDS.toMillis(SECONDS));
    }

    /**
     * With times of one's own.
     *
     * @param first pause after a failure, in milliseconds; the next is twice as long
     * @param patience in milliseconds, from the first try on
     */
    Departure(Consumer<String> log, Optional<Helper> helper, long first, long patience) {
        this.log = log;
        this.helper = helper;
        this.first = first;
        this.patience = patience;
    }

    /** Writes POWERDOWNFLAG. Returns at once. */
    void flag(Delivery delivery) {
        var done = new CountDownLatch(1);
        written = done;
        flag = delivery.flag();
        disk.add(() -> {
            try {
                if (helper.isPresent()) helper.get().flag();
                else if (delivery.flag().isPresent()) Flag.write(delivery.flag().get());
            } catch (IOException failed) {
                log.accept("Cannot write POWERDOWNFLAG %s: %s"
                        .formatted(delivery.flag().orElseThrow(), reason(failed)));
            } finally {
                done.countDown();
            }
        });
    }

    /** Takes away the flag that was written: this machine stays up, and its power must, too. Returns at once. */
    void unflag() {
        flag.ifPresent(file -> disk.add(() -> {
            try {
                if (helper.isPresent()) helper.get().unflag();
                else Flag.clear(file);
            } catch (IOException failed) {
                log.accept("Cannot take POWERDOWNFLAG %s away: %s".formatted(file, reason(failed)));
            }
        }));
    }

    /**
     * Runs SHUTDOWNCMD behind the flag. Returns at once.
     *
     * @param failed run when it failed until the end
     */
    void shutdown(Delivery delivery, Runnable failed) {
        CountDownLatch flagged = written;
        var end = new CompletableFuture<Boolean>();
        ended = end;
        var thread = new Thread(
                () -> {
                    try {
                        if (!flagged.await(FLAG_SECONDS, TimeUnit.SECONDS))
                            log.accept("POWERDOWNFLAG is not written after %d s; not waiting for it"
                                    .formatted(FLAG_SECONDS));
                        boolean ran = run(delivery.shutdownCmd());
                        if (!ran) failed.run();
                        end.complete(ran);
                    } catch (InterruptedException asked) {
                        Thread.currentThread().interrupt();
                    }
                },
                "upsmon shutdown");
        thread.setDaemon(false);
        thread.start();
    }

    /** Does something when the last SHUTDOWNCMD has ended well, however long it takes. Returns at once. */
    void afterwards(Runnable last) {
        ended.thenAccept(well -> {
            if (well) last.run();
        });
    }

    /** The flag is still written or taken away. */
    void close() {
        disk.close();
    }

    /** What a shell is given: the first word as it is, others as words (2.8.6). */
    static String line(List<String> command) {
        var text = new StringBuilder(command.get(0));
        for (String word : command.subList(1, command.size()))
            text.append(" '").append(word.replace("'", "'\\''")).append('\'');
        return text.toString();
    }

    /** Whether it ended well; no command at all cannot fail. */
    private boolean run(List<String> command) throws InterruptedException {
        if (command.isEmpty()) {
            log.accept("There is no SHUTDOWNCMD: nothing shuts this machine down");
            return true;
        }
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patience);
        for (long pause = first; ; pause = Math.min(2 * pause, LONGEST)) {
            String fault = attempt(command, deadline);
            if (fault.isEmpty()) return true;
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                log.accept(fault);
                return false;
            }
            long wait = Math.min(pause, left);
            log.accept("%s; trying again in %d s".formatted(fault, TimeUnit.MILLISECONDS.toSeconds(wait)));
            TimeUnit.MILLISECONDS.sleep(wait);
        }
    }

    /** Runs it once, however long it takes; what was wrong, or nothing. */
    private String attempt(List<String> command, long deadline) throws InterruptedException {
        try {
            int code = helper.isPresent() ? helper.get().shutdown() : runHere(command, deadline);
            return code == 0 ? "" : "SHUTDOWNCMD ended with " + code;
        } catch (IOException failed) {
            return "Cannot run SHUTDOWNCMD: " + failed.getMessage();
        }
    }

    private int runHere(List<String> command, long deadline) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("/bin/sh", "-c", line(command))
                .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(Redirect.INHERIT)
                .redirectError(Redirect.INHERIT)
                .start();
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (!process.waitFor(Math.max(patience / 10, left), TimeUnit.MILLISECONDS))
            log.accept("SHUTDOWNCMD does not end; it is waited for");
        return process.waitFor();
    }

    private static String reason(IOException failed) {
        return failed.getClass() == IOException.class || failed.getMessage() == null
                ? String.valueOf(failed.getMessage())
                : failed.getClass().getSimpleName() + ": " + failed.getMessage();
    }
}
