package org.cobnut.conf.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileWatcherTest {
    @TempDir
    Path directory;

    private static final String NAME = "files-of-the-test";

    private final Semaphore calls = new Semaphore(0);
    private Path file;
    private FileWatcher watcher;

    @BeforeEach
    void begin() throws Exception {
        file = Files.writeString(directory.resolve("ups.conf"), "one");
        watcher = watcher(calls::release, file);
        watcher.start();
        assertThat(called()).isTrue();
    }

    @AfterEach
    void end() {
        watcher.close();
    }

    private static FileWatcher watcher(Runnable changed, Path... paths) {
        return new FileWatcher(NAME, () -> List.of(paths), FileStamps.NONE, changed);
    }

    private boolean called() throws InterruptedException {
        return calls.tryAcquire(2, TimeUnit.SECONDS);
    }

    private boolean calledWithin(long millis) throws InterruptedException {
        return calls.tryAcquire(millis, TimeUnit.MILLISECONDS);
    }

    @Test
    void callsOnceForAFileWrittenInPieces() throws Exception {
        for (int i = 0; i < 6; i++) {
            Files.writeString(file, "x".repeat(i + 1));
            assertThat(calledWithin(20)).isFalse();
        }
        assertThat(called()).isTrue();
        assertThat(calledWithin(400)).isFalse();
    }

    @Test
    void waitsLongerForAFileThatIsEmpty() throws Exception {
        Files.writeString(file, "");
        assertThat(calledWithin(350)).isFalse();
        Files.writeString(file, "two");
        assertThat(called()).isTrue();
    }

    @Test
    void doesNotCareForOtherFiles() throws Exception {
        Files.writeString(directory.resolve(".ups.conf.swp"), "x");
        assertThat(calledWithin(400)).isFalse();
    }

    @Test
    void seesADirectoryThatAppearsLater() throws Exception {
        Path later = directory.resolve("later");
        var seen = new Semaphore(0);
        try (var other = watcher(seen::release, later.resolve("ups.conf"))) {
            other.start();
            assertThat(seen.tryAcquire(2, TimeUnit.SECONDS)).isTrue();
            Files.writeString(Files.createDirectory(later).resolve("ups.conf"), "x");
            assertThat(seen.tryAcquire(1, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void callsForEveryFileOfAFolderThatComesAndGoes() throws Exception {
        watcher.close();
        watcher = watcher(calls::release, file, directory.resolve("mappings"));
        watcher.start();
        assertThat(called()).isTrue();
        Path folder = Files.createDirectory(directory.resolve("mappings"));
        Path any = Files.writeString(folder.resolve("any.map"), "one");
        assertThat(called()).isTrue();
        Files.writeString(any, "three");
        assertThat(called()).isTrue();
        Files.delete(any);
        assertThat(called()).isTrue();
        assertThat(calledWithin(600)).isFalse();
        Files.delete(folder);
        Files.createDirectory(folder);
        Files.writeString(any, "one");
        assertThat(called()).isTrue();
    }

    @Test
    void knowsWhatTheCallerKnows() throws Exception {
        watcher.close();
        watcher = new FileWatcher(NAME, () -> List.of(file), FileStamps.of(List.of(file)), calls::release);
        watcher.start();
        assertThat(calledWithin(400)).isFalse();
        Files.writeString(file, "two");
        assertThat(called()).isTrue();
    }

    /** As volumes of Kubernetes are: a file is a link by way of a link to a folder, and only that link is replaced. */
    @Test
    void followsLinksThatAreReplaced() throws Exception {
        Path link = directory.resolve("data");
        Path one = Files.createDirectory(directory.resolve("one"));
        Path two = Files.createDirectory(directory.resolve("two"));
        for (Path each : List.of(one, two)) Files.writeString(each.resolve("upsd.conf"), each.toString());
        Files.createSymbolicLink(link, one);
        Path given = Files.createSymbolicLink(directory.resolve("upsd.conf"), Path.of("data/upsd.conf"));
        watcher.close();
        watcher = watcher(calls::release, given);
        watcher.start();
        assertThat(called()).isTrue();
        Path next = Files.createSymbolicLink(directory.resolve("next"), two);
        Files.move(next, link, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        assertThat(calledWithin(1000)).as("the link").isTrue();
        Files.writeString(two.resolve("upsd.conf"), "other");
        assertThat(calledWithin(1000)).as("what it leads to").isTrue();
    }

    @Test
    void seesThatTheDirectoryWasReplaced() throws Exception {
        Path inside = Files.createDirectory(directory.resolve("nut"));
        Path there = Files.writeString(inside.resolve("ups.conf"), "one");
        watcher.close();
        watcher = watcher(calls::release, there);
        watcher.start();
        assertThat(called()).isTrue();
        Files.move(inside, directory.resolve("old"));
        Files.writeString(Files.createDirectory(inside).resolve("ups.conf"), "three");
        assertThat(calledWithin(1500)).isTrue();
        Files.writeString(there, "four and five");
        assertThat(calledWithin(1000)).isTrue();
    }

    @Test
    void goesOnAfterACallThatFailed() throws Exception {
        watcher.close();
        watcher = watcher(
                () -> {
                    calls.release();
                    throw new IllegalStateException("on purpose");
                },
                file);
        watcher.start();
        assertThat(called()).isTrue();
        Files.writeString(file, "two");
        assertThat(called()).isTrue();
    }

    @Test
    void leavesNoThreadBehind() throws IOException {
        watcher.close();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals(NAME));
        watcher.close();
    }
}
