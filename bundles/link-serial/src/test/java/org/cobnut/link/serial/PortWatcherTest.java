package org.cobnut.link.serial;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class PortWatcherTest {
    @TempDir
    Path folder;

    @Test
    void tellsOnceOfEachPortThatComes() throws Exception {
        var found = new Semaphore(0);
        Path one = folder.resolve("serial/by-id/one");
        Path two = folder.resolve("two");
        try (var watcher = new PortWatcher()) {
            watcher.await("ups1", one, found::release);
            watcher.await("ups2", two, found::release);
            assertThat(found.tryAcquire(1500, TimeUnit.MILLISECONDS)).isFalse();
            Files.createDirectories(one.getParent());
            Files.createFile(one);
            assertThat(found.tryAcquire(5, TimeUnit.SECONDS)).isTrue();
            Files.createFile(two);
            assertThat(found.tryAcquire(5, TimeUnit.SECONDS)).isTrue();
            assertThat(found.tryAcquire(1500, TimeUnit.MILLISECONDS)).isFalse();
        }
    }
}
