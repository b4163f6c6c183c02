package org.cobnut.upsmon.shutdown;

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
import org.cobnut.upsmon.command.SerialExecutor;
import org.cobnut.upsmon.config.EffectSettings;
import org.cobnut.upsmon.engine.Engine;
import org.cobnut.wire.ErrorText;

/**
 * Writes POWERDOWNFLAG and then runs SHUTDOWNCMD, on threads of its own. A disk that does not take the flag does not
 * keep the machine up. A command that fails runs again, with growing pauses, until {@link Engine#RETRY_SECONDS} have
 * passed. Used by one thread.
 */
public final class ShutdownExecutor {
    private static final int FLAG_SECONDS = 2;
    private static final int FIRST = 5_000;
    private static final int LONGEST = 60_000;
    /** In place of an exit code: the command still runs, or a new one has replaced it. */
    private static final int HANGS = -1;

    private static final int RENEWED = -2;

    private final Consumer<String> log;
    private final Optional<RootHelper> helper;
    private final long first;
    private final long patience;
    private final SerialExecutor disk = new SerialExecutor("upsmon flag");
    private Optional<Path> flag = Optional.empty();
    private CountDownLatch written = new CountDownLatch(0);
    private CompletableFuture<Boolean> ended = new CompletableFuture<>();
    private volatile Order order = new Order(List.of());

    /** A SHUTDOWNCMD, and whether a new one has replaced it. */
    private record Order(List<String> command, CompletableFuture<Boolean> renewed) {
        Order(List<String> command) {
            this(command, new CompletableFuture<>());
        }

        /** Whether a new one replaces it within this many milliseconds. */
        boolean renewedIn(long millis) {
            return renewed.copy()
                    .completeOnTimeout(false, millis, TimeUnit.MILLISECONDS)
                    .join();
        }
    }

    /** @param helper does what is to be done as root, where we are not */
    public ShutdownExecutor(Consumer<String> log, Optional<RootHelper> helper) {
        this(log, helper, FIRST, TimeUnit.SECONDS.toMillis(Engine.RETRY_SECONDS));
    }

    /**
     * An executor with given times.
     *
     * @param first pause after a failure, in milliseconds; the next is twice as long
     * @param patience in milliseconds, from the first try on
     */
    public ShutdownExecutor(Consumer<String> log, Optional<RootHelper> helper, long first, long patience) {
        this.log = log;
        this.helper = helper;
        this.first = first;
        this.patience = patience;
    }

    /** Writes POWERDOWNFLAG. Returns at once. */
    public void flag(EffectSettings effectSettings) {
        var done = new CountDownLatch(1);
        written = done;
        flag = effectSettings.flag();
        disk.add(() -> {
            try {
                if (helper.isPresent()) helper.get().flag();
                else if (effectSettings.flag().isPresent())
                    PowerdownFlag.write(effectSettings.flag().get());
            } catch (IOException failed) {
                log.accept("Cannot write POWERDOWNFLAG %s: %s"
                        .formatted(effectSettings.flag().orElseThrow(), ErrorText.of(failed)));
            } finally {
                done.countDown();
            }
        });
    }

    /** Removes the flag that was written: this machine stays up, and its power must stay on too. Returns at once. */
    public void unflag() {
        flag.ifPresent(file -> disk.add(() -> {
            try {
                if (helper.isPresent()) helper.get().unflag();
                else PowerdownFlag.clear(file);
            } catch (IOException failed) {
                log.accept(
                        "Cannot delete POWERDOWNFLAG %s: %s. Delete it: the UPS may be switched off at the next shutdown"
                                .formatted(file, ErrorText.of(failed)));
            }
        }));
    }

    /**
     * Runs SHUTDOWNCMD after the flag. Returns at once.
     *
     * @param tried gets the result of each try: the fault, or an empty text
     * @param failed runs when the last try has failed
     */
    public void shutdown(EffectSettings effectSettings, Consumer<String> tried, Runnable failed) {
        order = new Order(effectSettings.shutdownCmd());
        CountDownLatch flagged = written;
        var end = new CompletableFuture<Boolean>();
        ended = end;
        var thread = new Thread(
                () -> {
                    try {
                        if (!flagged.await(FLAG_SECONDS, TimeUnit.SECONDS))
                            log.accept("POWERDOWNFLAG is not written after %d s; SHUTDOWNCMD does not wait for it"
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

    /** Takes a new SHUTDOWNCMD: it replaces one that fails, or that does not end, at once. */
    public void renew(EffectSettings effectSettings) {
        Order before = order;
        if (before.command.equals(effectSettings.shutdownCmd())) return;
        order = new Order(effectSettings.shutdownCmd());
        before.renewed.complete(true);
    }

    /** Runs something when the last SHUTDOWNCMD has ended well, however long that takes. Returns at once. */
    public void afterwards(Runnable last) {
        ended.thenAccept(well -> {
            if (well) last.run();
        });
    }

    /** Closes; a flag that waits is still written or removed. */
    public void close() {
        disk.close();
    }

    /** The command line for a shell: the first word as it is, the others quoted (2.8.6). */
    public static String line(List<String> command) {
        var text = new StringBuilder(command.get(0));
        for (String word : command.subList(1, command.size()))
            text.append(" '").append(word.replace("'", "'\\''")).append('\'');
        return text.toString();
    }

    /** Runs the command until it ends well; a missing command cannot fail. */
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
                log.accept("SHUTDOWNCMD has changed: the new one runs");
                pause = first;
                deadline = deadline();
            } else pause = Math.min(2 * pause, LONGEST);
        }
    }

    private long deadline() {
        return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patience);
    }

    /** Runs the command once, until it ends or another replaces it; returns the fault, or an empty text. */
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
        log.accept("SHUTDOWNCMD does not end; upsmon waits for it");
        return end.join();
    }
}
