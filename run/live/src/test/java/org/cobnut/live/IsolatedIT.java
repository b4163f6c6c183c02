package org.cobnut.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.cobnut.testkit.Line;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A driver that misbehaves in a process of its own: the others stay fresh, and it soon has another process. */
@Timeout(240)
class IsolatedIT {
    private static final String SECTIONS = """
            [good]
             driver = good
             port = auto
            [bad]
             driver = bad
             port = auto
             isolation = process
            """;
    /** The aim is 15 s; a loaded machine starts Java slowly. */
    private static final Duration BACK = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    private House house;

    @BeforeEach
    void build() throws Exception {
        house = new House(directory);
        new DriverJar("good", "1.0.0").into(house.driver("good.jar"));
        Files.createSymbolicLink(house.drivers().resolveSibling("bin").resolve("bad"), Path.of("dummy-ups"));
    }

    @AfterEach
    void end() throws Exception {
        house.close();
    }

    @Test
    void oneThatTakesAllMemoryIsBackSoon() throws Exception {
        start("var all = new ArrayList<byte[]>(); while (true) all.add(new byte[1 << 20]);");
        isBackAfter("its process has ended with");
    }

    @Test
    void oneThatSpinsForEverIsCalledBackFromItsLoop() throws Exception {
        start("while (true) Thread.onSpinWait();");
        try (var meanwhile = new Meanwhile()) {
            meanwhile.awaitFresh(meanwhile.since("no answer to poll within 30 s"));
        }
        assertThat(house.log("runs as process")).hasSize(1);
    }

    /** Its thread cannot be called back; only the end of its process frees what it holds. */
    @Test
    void oneThatBlocksForEverIsBackSoonAfterItWasGivenUp() throws Exception {
        start("new java.util.concurrent.Semaphore(0).acquireUninterruptibly();");
        isBackAfter("a thread did not come back from poll");
    }

    /** It misbehaves in its third poll, but only in its first life. */
    private void start(String statements) throws Exception {
        new DriverJar("bad", "1.0.0")
                .asComponent()
                .polling("if (polls == 3 && new java.io.File(\"%s\").createNewFile()) { %s }"
                        .formatted(directory.resolve("once"), statements))
                .into(house.driver("bad.jar"));
        house.start(SECTIONS);
    }

    private void isBackAfter(String said) throws Exception {
        try (var meanwhile = new Meanwhile()) {
            long noticed = meanwhile.since(said);
            while (house.log("runs as process").size() < 2) House.pass(Duration.ofMillis(50));
            meanwhile.awaitFresh(noticed);
        }
    }

    /** The others, who hear nothing of it; closing it says so. */
    private final class Meanwhile implements AutoCloseable {
        private final Line line;
        private final Pollers others;

        Meanwhile() throws Exception {
            house.value("good", "ups.status");
            house.says("runs as process");
            line = house.line();
            others = house.pollers(2, "GET VAR good ups.status");
            awaitFresh(System.nanoTime());
        }

        long since(String said) throws Exception {
            house.says(said);
            return System.nanoTime();
        }

        void awaitFresh(long noticed) throws Exception {
            while (!"VAR bad ups.status \"OL\"".equals(line.ask("GET VAR bad ups.status"))) {
                assertThat(System.nanoTime() - noticed)
                        .as(() -> String.join("\n", house.log()))
                        .isLessThan(BACK.toNanos());
                House.pass(Duration.ofMillis(50));
            }
        }

        @Override
        public void close() throws Exception {
            try (line;
                    others) {
                assertThat(others.answers().keySet()).containsExactly("VAR good ups.status \"OL\"");
                assertThat(others.lost()).isZero();
            }
        }
    }
}
