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
import java.util.function.Function;
import org.cobnut.wire.ErrorText;

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
    /** Instead of exit codes: of a command that still runs, and of one that another has taken the place of. */
    private static final int HANGS = -1;

    private static final int RENEWED = -2;

    private final Consumer<String> log;
    private final Optional<Helper> helper;
    private final long first;
    private final long patience;
    private final Lane disk = new Lane("upsmon flag");
    private Optional<Path> flag = Optional.empty();
    private CountDownLatch written = new CountDownLatch(0);
    private CompletableFuture<Boolean> ended = new CompletableFuture<>();
    private volatile Order order = new Order(List.of());

    /** A SHUTDOWNCMD, and whether another has taken its place. */
    private record Order(List<String> command, CompletableFuture<Boolean> renewed) {
        Order(List<String> command) {
            this(command, new CompletableFuture<>());
        }

        /** Whether another took its place within so many milliseconds. */
        boolean renewedIn(long millis) {
            return renewed.copy()
                    .completeOnTimeout(false, millis, TimeUnit.MILLISECONDS)
                    .join();
        }
    }

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
                        .formatted(delivery.flag().orElseThrow(), ErrorText.of(failed)));
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
                log.accept("Cannot take POWERDOWNFLAG %s away: %s".formatted(file, ErrorText.of(failed)));
            }
        }));
    }

    /**
     * Runs SHUTDOWNCMD behind the flag. Returns at once.
     *
     * @param tried told how each try ended: what was wrong, or nothing
     * @param failed run when it failed until the end
     */
    void shutdown(Delivery delivery, Consumer<String> tried, Runnable failed) {
        order = new Order(delivery.shutdownCmd());
        CountDownLatch flagged = written;
        var end = new CompletableFuture<Boolean>();
        ended = end;
        var thread = new Thread(
                () -> {
                    try {
                        if (!flagged.await(FLAG_SECONDS, TimeUnit.SECONDS))
                            log.accept("POWERDOWNFLAG is not written after %d s; not waiting for it"
                                    .formatted(FLAG_SECONDS));
                        boolean ran = run(tried);
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

    /** What counts from now on: a SHUTDOWNCMD that fails, or does not end, gives way to another one at once. */
    void renew(Delivery delivery) {
        Order before = order;
        if (before.command.equals(delivery.shutdownCmd())) return;
        order = new Order(delivery.shutdownCmd());
        before.renewed.complete(true);
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
    private boolean run(Consumer<String> tried) throws InterruptedException {
        long pause = first;
        long deadline = deadline();
        while (true) {
            Order now = order;
            String fault = attempt(now, deadline);
            boolean other = now.renewed.isDone();
            if (!other) tried.accept(fault);
            if (fault.isEmpty() && !other) return true;
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0 && !other) {
                log.accept(fault);
                return false;
            }
            long wait = Math.min(pause, left);
            if (!other) log.accept("%s; trying again in %d s".formatted(fault, TimeUnit.MILLISECONDS.toSeconds(wait)));
            if (other || now.renewedIn(wait)) {
                log.accept("SHUTDOWNCMD is another now, and is run");
                pause = first;
                deadline = deadline();
            } else pause = Math.min(2 * pause, LONGEST);
        }
    }

    private long deadline() {
        return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patience);
    }

    /** Runs it once, however long it takes, or until another takes its place; what was wrong, or nothing. */
    private String attempt(Order now, long deadline) throws InterruptedException {
        if (now.command.isEmpty()) {
            log.accept("There is no SHUTDOWNCMD: nothing shuts this machine down");
            return "";
        }
        try {
            int code = helper.isPresent() ? helper.get().shutdown() : runHere(now, deadline);
            return code == 0 ? "" : "SHUTDOWNCMD ended with " + code;
        } catch (IOException failed) {
            return "Cannot run SHUTDOWNCMD: " + ErrorText.of(failed);
        }
    }

    private int runHere(Order now, long deadline) throws IOException {
        Process process = new ProcessBuilder("/bin/sh", "-c", line(now.command))
                .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(Redirect.INHERIT)
                .redirectError(Redirect.INHERIT)
                .start();
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        CompletableFuture<Integer> code = process.onExit().thenApply(Process::exitValue);
        CompletableFuture<Integer> end =
                code.applyToEither(now.renewed.thenApply(other -> RENEWED), Function.identity());
        int early = end.copy()
                .completeOnTimeout(HANGS, Math.max(patience / 10, left), TimeUnit.MILLISECONDS)
                .join();
        if (early != HANGS) return early;
        log.accept("SHUTDOWNCMD does not end; it is waited for");
        return end.join();
    }
}
