package org.cobnut.conf.watch;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.cobnut.wire.ErrorText;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs an action when files, or files in directories, have changed and were then left alone for a moment, because
 * editors write in pieces or move the old file away first. The system reports changes; where it cannot, the files are
 * looked at twice a second. Links are followed. Has one daemon thread, from start to close.
 */
public final class FileWatcher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FileWatcher.class);
    private static final Duration STEP = Duration.ofMillis(50);
    private static final Duration PERIOD = Duration.ofMillis(500);
    /**
     * While the system reports changes: it says nothing of a file that is mounted by itself into a container, or that
     * another machine writes to.
     */
    private static final Duration SELDOM = Duration.ofSeconds(2);

    private static final Duration QUIET = Duration.ofMillis(200);
    private static final Duration LAST_CALL = Duration.ofSeconds(1);
    /** For a file that is gone or empty, and likely to come back. */
    private static final Duration PATIENCE = Duration.ofMillis(600);

    private final Supplier<? extends Collection<Path>> paths;
    private final FileStamps before;
    private final Runnable changed;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    /**
     * Watches from {@link #start} on.
     *
     * @param name of the thread
     * @param paths the files and directories, which need not exist; asked again and again, by the watcher's thread
     * @param before what the caller knows already: what differs at the start is reported, too
     * @param changed called by the watcher's thread; may fail, and may close the watcher
     */
    public FileWatcher(String name, Supplier<? extends Collection<Path>> paths, FileStamps before, Runnable changed) {
        this.paths = paths;
        this.before = before;
        this.changed = changed;
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
        if (thread == Thread.currentThread()) return; // a call of ours may be what closes us
        try {
            thread.join(LAST_CALL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Begins anew after an error of the machine: there will be memory again, and edits are to count then. */
    private void run() {
        FileStamps told = before;
        boolean disturbed = true;
        while (disturbed && closed.getCount() > 0) {
            try {
                watch(told);
                disturbed = false;
            } catch (VirtualMachineError noMemory) {
                told = FileStamps.NONE; // what was reported is not known any more
            }
        }
    }

    private void watch(FileStamps told) {
        try (WatchService service = FileSystems.getDefault().newWatchService()) {
            loop(service, told);
        } catch (IOException | UnsupportedOperationException none) {
            LOG.debug("no file can be watched, so they are looked at: {}", ErrorText.of(none));
            try {
                loop(null, told);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void loop(@Nullable WatchService service, FileStamps before) throws InterruptedException {
        FileStamps told = before;
        FileStamps seen = before;
        boolean pending = false;
        long since = System.nanoTime();
        while (closed.getCount() > 0) {
            Set<Path> watched = paths.get().stream().map(Path::toAbsolutePath).collect(Collectors.toSet());
            // Registered first: what changes after the look is reported.
            boolean hears = service != null && register(service, watched);
            FileStamps now = FileStamps.of(watched);
            if (!now.equals(seen)) {
                pending = true;
                since = System.nanoTime();
                seen = now;
            }
            Duration patience = now.lostSince(told) ? PATIENCE : QUIET;
            if (pending && System.nanoTime() - since >= patience.toNanos()) {
                pending = false;
                told = now;
                call();
                continue;
            }
            if (hear(service, pending ? STEP : hears ? SELDOM : PERIOD, watched)) {
                pending = true;
                since = System.nanoTime();
            }
        }
    }

    /** Waits for so long at most, and returns whether one of the files was written to. */
    private boolean hear(@Nullable WatchService service, Duration time, Set<Path> watched) throws InterruptedException {
        if (service == null) {
            if (closed.await(time.toMillis(), TimeUnit.MILLISECONDS)) throw new InterruptedException();
            return false;
        }
        WatchKey key = service.poll(time.toMillis(), TimeUnit.MILLISECONDS);
        if (key == null) return false;
        // Others may write there all the time: a look for each of their events would be one too many.
        if (closed.await(STEP.toMillis(), TimeUnit.MILLISECONDS)) throw new InterruptedException();
        boolean ours = false;
        for (; key != null; key = service.poll()) {
            for (WatchEvent<?> event : key.pollEvents()) ours |= concerns(key, event, watched);
            key.reset();
        }
        return ours;
    }

    private static boolean concerns(WatchKey key, WatchEvent<?> event, Set<Path> watched) {
        if (!(key.watchable() instanceof Path directory) || !(event.context() instanceof Path name)) return true;
        return watched.contains(directory.resolve(name)) || watched.contains(directory);
    }

    /** Whether the system reports changes of everything that counts; a directory that is registered stays so. */
    private static boolean register(WatchService service, Set<Path> watched) {
        boolean all = true;
        for (Path directory : directories(watched)) {
            all &= register(service, directory);
            // It may be renamed, with all that is in it.
            if (directory.getParent() != null) register(service, directory.getParent());
        }
        return all;
    }

    private static boolean register(WatchService service, Path directory) {
        try {
            directory.register(
                    service,
                    StandardWatchEventKinds.ENTRY_CREATE,
                    StandardWatchEventKinds.ENTRY_MODIFY,
                    StandardWatchEventKinds.ENTRY_DELETE);
            return true;
        } catch (IOException e) {
            LOG.trace("{} cannot be watched, so it is looked at: {}", directory, ErrorText.of(e));
            return false;
        }
    }

    /** The directories in which watched files are, and those that their links lead to. */
    private static Set<Path> directories(Set<Path> watched) {
        var all = new LinkedHashSet<Path>();
        for (Path path : watched) {
            if (path.getParent() != null) all.add(path.getParent());
            addTarget(path, all);
            if (!Files.isDirectory(path)) continue;
            all.add(path);
            for (Path entry : FileStamps.inside(path)) if (Files.isSymbolicLink(entry)) addTarget(entry, all);
        }
        return all;
    }

    private static void addTarget(Path path, Set<Path> all) {
        try {
            Path target = path.toRealPath();
            if (!target.equals(path) && target.getParent() != null) all.add(target.getParent());
        } catch (IOException broken) {
            LOG.trace("{} leads nowhere", path);
        }
    }

    private void call() {
        try {
            changed.run();
        } catch (RuntimeException e) {
            LOG.error("A changed file could not be taken over", e);
        }
    }
}
