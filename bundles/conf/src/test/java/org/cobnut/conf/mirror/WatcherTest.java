package org.cobnut.conf.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatcherTest {
    @TempDir
    Path directory;

    private final Semaphore calls = new Semaphore(0);
    private Path file;
    private Watcher watcher;

    @BeforeEach
    void begin() throws Exception {
        file = Files.writeString(directory.resolve("ups.conf"), "one");
        watcher = new Watcher(directory, List.of("ups.conf"), calls::release);
        watcher.start();
        assertThat(called()).isTrue();
    }

    @AfterEach
    void end() {
        watcher.close();
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
        try (var other = new Watcher(later, List.of("ups.conf"), seen::release)) {
            other.start();
            assertThat(seen.tryAcquire(2, TimeUnit.SECONDS)).isTrue();
            Files.writeString(Files.createDirectory(later).resolve("ups.conf"), "x");
            assertThat(seen.tryAcquire(1, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void callsForEveryFileOfAFolderThatComesAndGoes() throws Exception {
        watcher.close();
        watcher = new Watcher(directory, List.of("ups.conf"), () -> Set.of("mappings"), calls::release);
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
    void goesOnAfterACallThatFailed() throws Exception {
        watcher.close();
        watcher = new Watcher(directory, List.of("ups.conf"), () -> {
            calls.release();
            throw new IllegalStateException("on purpose");
        });
        watcher.start();
        assertThat(called()).isTrue();
        Files.writeString(file, "two");
        assertThat(called()).isTrue();
    }

    @Test
    void leavesNoThreadBehind() throws IOException {
        watcher.close();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("cobnut-conf-watcher"));
        watcher.close();
    }
}
