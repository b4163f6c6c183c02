package org.cobnut.upsd.tls;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.cobnut.tls.TlsFiles;
import org.cobnut.upsd.config.FileStamps;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls when TLS files have changed and then stayed the same for a moment, because a writer has ended by then; and once
 * an hour. The system reports changes; where it does not, looks each second. One daemon thread.
 */
final class TlsFileWatcher implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(TlsFileWatcher.class);
    private static final Duration QUIET = Duration.ofMillis(250);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration HOUR = Duration.ofHours(1);

    private final TlsFiles files;
    private final FileStamps before;
    private final Runnable changed;
    private final Runnable hourly;
    private final Thread thread = new Thread(this::run, "upsd-tls");

    /** Reports changes against these stamps. */
    TlsFileWatcher(TlsFiles files, FileStamps before, Runnable changed, Runnable hourly) {
        this.files = files;
        this.before = before;
        this.changed = changed;
        this.hourly = hourly;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void run() {
        try (WatchService service = FileSystems.getDefault().newWatchService()) {
            watch(service);
        } catch (IOException | UnsupportedOperationException none) {
            log.debug("no file can be watched, so they are looked at", none);
            try {
                watch(null);
            } catch (InterruptedException closed) {
                Thread.currentThread().interrupt();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch(@Nullable WatchService service) throws InterruptedException {
        FileStamps used = before;
        FileStamps seen = before;
        long looked = System.nanoTime();
        while (!Thread.currentThread().isInterrupted()) {
            boolean hears = service != null && register(service);
            FileStamps now = FileStamps.of(files);
            if (now.equals(seen) && !now.equals(used)) {
                used = now;
                changed.run();
            }
            seen = now;
            if (System.nanoTime() - looked >= HOUR.toNanos()) {
                looked = System.nanoTime();
                hourly.run();
            }
            Duration time = !now.equals(used) ? QUIET : hears ? HOUR : LOOK;
            if (service != null) hear(service, time);
            else TimeUnit.MILLISECONDS.sleep(time.toMillis());
        }
    }

    private static void hear(WatchService service, Duration time) throws InterruptedException {
        WatchKey key = service.poll(time.toMillis(), TimeUnit.MILLISECONDS);
        while (key != null) {
            key.pollEvents();
            key.reset();
            key = service.poll();
        }
    }

    /** Whether the system reports changes of every directory that counts; one that is registered already stays so. */
    private boolean register(WatchService service) {
        try {
            for (Path directory : directories())
                directory.register(
                        service,
                        StandardWatchEventKinds.ENTRY_CREATE,
                        StandardWatchEventKinds.ENTRY_MODIFY,
                        StandardWatchEventKinds.ENTRY_DELETE);
            return true;
        } catch (IOException e) {
            log.debug("not everything can be watched", e);
            return false;
        }
    }

    /** The directories of the files, and those of the files that their links lead to. */
    private Set<Path> directories() throws IOException {
        var all = new LinkedHashSet<Path>();
        for (Path path : Stream.of(files.certfile(), files.certpath())
                .flatMap(Optional::stream)
                .toList()) {
            Path given = path.toAbsolutePath();
            Path real = given.toRealPath();
            for (Path each : new Path[] {given, real}) if (each.getParent() != null) all.add(each.getParent());
            if (Files.isDirectory(real)) addInside(real, all);
        }
        return all;
    }

    /**
     * Adds the directories that links in a directory lead to, because hashed names are often links; a broken link is
     * left to the look each second.
     */
    private static void addInside(Path directory, Set<Path> all) throws IOException {
        all.add(directory);
        try (Stream<Path> entries = Files.list(directory)) {
            for (Path link : entries.limit(FileStamps.MOST_FILES)
                    .filter(Files::isSymbolicLink)
                    .toList()) {
                Path parent = link.toRealPath().getParent();
                if (parent != null) all.add(parent);
            }
        }
    }
}
