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

    /** Its thread heeds nothing; only the end of its process frees the core that it burns. */
    @Test
    void oneThatSpinsForEverIsBackSoonAfterItWasGivenUp() throws Exception {
        start("while (true) Thread.onSpinWait();");
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
        house.value("good", "ups.status");
        var first = house.says("runs as process");
        try (var line = house.line();
                var others = house.pollers(2, "GET VAR good ups.status")) {
            awaitFresh(line, System.nanoTime());
            house.says(said);
            var noticed = System.nanoTime();
            awaitAnotherProcess(first);
            awaitFresh(line, noticed);
            assertThat(others.answers().keySet()).containsExactly("VAR good ups.status \"OL\"");
            assertThat(others.lost()).isZero();
        }
    }

    private void awaitAnotherProcess(String first) throws Exception {
        var begun = System.nanoTime();
        while (house.log("runs as process").stream().allMatch(first::equals)) {
            assertThat(System.nanoTime() - begun)
                    .as(() -> String.join("\n", house.log()))
                    .isLessThan(BACK.toNanos());
            House.pass(Duration.ofMillis(50));
        }
    }

    private void awaitFresh(Line line, long noticed) throws Exception {
        while (!"VAR bad ups.status \"OL\"".equals(line.ask("GET VAR bad ups.status"))) {
            assertThat(System.nanoTime() - noticed)
                    .as(() -> String.join("\n", house.log()))
                    .isLessThan(BACK.toNanos());
            House.pass(Duration.ofMillis(50));
        }
    }
}
