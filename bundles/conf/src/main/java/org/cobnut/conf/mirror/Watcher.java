package org.cobnut.conf.mirror;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.cobnut.conf.text.FileStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs an action when a file of a directory, or of a folder in it, was changed and then left alone for a moment, because editors write in
 * pieces or move the old file away first. Uses the system's notifications where there are any, and otherwise polls
 * twice a second. Has one daemon thread, from start to close.
 */
public final class Watcher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Watcher.class);
    private static final Duration STEP = Duration.ofMillis(50);
    private static final Duration PERIOD = Duration.ofMillis(500);
    private static final Duration QUIET = Duration.ofMillis(200);
    private static final Duration LAST_CALL = Duration.ofSeconds(1);
    /** For a file that is gone or empty, and likely to come back. */
    private static final Duration PATIENCE = Duration.ofMillis(600);

    /** What tells one state of a file from another without reading it. */
    private record Print(long modified, long size, String inode) {
        private static final Print ABSENT = new Print(0, 0, "");

        static Print of(Path path) {
            try {
                var attributes = Files.readAttributes(path, BasicFileAttributes.class);
                long modified = attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS);
                return new Print(modified, attributes.size(), Objects.toString(attributes.fileKey(), ""));
            } catch (IOException e) {
                return ABSENT;
            }
        }
    }

    private final Path directory;
    private final List<String> names;
    /** Folders of the directory in which every file is watched; they come and go. */
    private final Supplier<Set<String>> folders;

    private final Runnable changed;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "cobnut-conf-watcher");

    Watcher(Path directory, List<String> names, Runnable changed) {
        this(directory, names, Set::of, changed);
    }

    Watcher(Path directory, List<String> names, Supplier<Set<String>> folders, Runnable changed) {
        this.directory = directory;
        this.names = List.copyOf(names);
        this.folders = folders;
        this.changed = changed;
        thread.setDaemon(true);
    }

    void start() {
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
        boolean disturbed = true;
        while (disturbed && closed.getCount() > 0) {
            try {
                watch();
                disturbed = false;
            } catch (VirtualMachineError noMemory) {
                disturbed = true;
            }
        }
    }

    private void watch() {
        try (WatchService service = directory.getFileSystem().newWatchService()) {
            register(directory, service);
            loop(time -> heard(service, time));
        } catch (IOException e) {
            LOG.debug("{} cannot be watched, so it is looked at: {}", directory, FileStore.reason(e));
            look();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            loop(time -> {
                if (closed.await(time.toMillis(), TimeUnit.MILLISECONDS)) throw new InterruptedException();
                return false;
            });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for so long at most, and says whether one of the files was heard of. */
    private interface Ear {
        boolean wait(Duration time) throws InterruptedException;
    }

    /** Begins with a call, because a file may have changed before the watch began. */
    private void loop(Ear ear) throws InterruptedException {
        Map<Path, Print> known = Map.of();
        Map<Path, Print> last = prints();
        boolean pending = true;
        long since = System.nanoTime();
        while (closed.getCount() > 0) {
            boolean heard = ear.wait(pending ? STEP : PERIOD);
            Map<Path, Print> now = prints();
            if (heard || !now.equals(last)) {
                pending = true;
                since = System.nanoTime();
                last = now;
            } else if (pending
                    && System.nanoTime() - since >= patience(known, now).toNanos()) {
                pending = false;
                known = now;
                call();
            }
        }
    }

    private boolean heard(WatchService service, Duration time) throws InterruptedException {
        Set<String> watched = folders.get();
        for (String folder : watched) registerFolder(directory.resolve(folder), service);
        WatchKey key = service.poll(time.toMillis(), TimeUnit.MILLISECONDS);
        if (key == null) return false;
        boolean ours = !directory.equals(key.watchable());
        for (WatchEvent<?> event : key.pollEvents()) {
            String name = String.valueOf(event.context());
            ours |= event.context() == null || names.contains(name) || watched.contains(name);
        }
        key.reset();
        return ours;
    }

    /** A folder that is registered already is not registered again. */
    private static void registerFolder(Path folder, WatchService service) {
        try {
            if (Files.isDirectory(folder)) register(folder, service);
        } catch (IOException e) {
            LOG.debug("{} cannot be watched, so it is looked at: {}", folder, FileStore.reason(e));
        }
    }

    private static void register(Path folder, WatchService service) throws IOException {
        folder.register(
                service,
                StandardWatchEventKinds.ENTRY_CREATE,
                StandardWatchEventKinds.ENTRY_MODIFY,
                StandardWatchEventKinds.ENTRY_DELETE);
    }

    private void call() {
        try {
            changed.run();
        } catch (RuntimeException e) {
            LOG.error("A changed file could not be taken over", e);
        }
    }

    private static Duration patience(Map<Path, Print> known, Map<Path, Print> now) {
        boolean lost = known.entrySet().stream()
                .anyMatch(file -> file.getValue().size() > 0
                        && now.getOrDefault(file.getKey(), Print.ABSENT).size() == 0);
        return lost ? PATIENCE : QUIET;
    }

    private Map<Path, Print> prints() {
        var prints = new HashMap<Path, Print>();
        for (String name : names) prints.put(directory.resolve(name), Print.of(directory.resolve(name)));
        for (String folder : folders.get())
            for (Path file : files(directory.resolve(folder))) prints.put(file, Print.of(file));
        return prints;
    }

    private static List<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) return List.of();
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        } catch (IOException | UncheckedIOException e) {
            LOG.debug("{} cannot be listed: {}", folder, e.toString());
            return List.of();
        }
    }
}
