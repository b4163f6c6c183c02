package org.cobnut.upsmon.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With scripts that really run; each takes as long as its last argument says, and writes when it began and ended. */
class CommandQueueTest {
    /** Seconds that no other program of this machine sleeps for. */
    private static final String HANGS = "300." + ProcessHandle.current().pid();

    @TempDir
    private Path dir;

    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final List<CommandQueue> queues = new ArrayList<>();

    @BeforeEach
    void script() throws IOException {
        Path script = Files.writeString(
                dir.resolve("run"),
                "#!/bin/sh\necho \"+ $WHO\" >> " + dir + "/ran\nsleep $1\necho \"- $WHO\" >> " + dir + "/ran\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
    }

    @AfterEach
    void end() throws IOException {
        queues.forEach(CommandQueue::close);
        Files.delete(dir.resolve("run"));
        // A queue that closes begins what waits, so that more may come for a moment.
        for (int quiet = 0; quiet < 10; quiet++) {
            List<ProcessHandle> left = ProcessHandle.allProcesses()
                    .filter(each -> each.info().commandLine().orElse("").endsWith(HANGS))
                    .toList();
            left.forEach(ProcessHandle::destroyForcibly);
            if (!left.isEmpty()) quiet = 0;
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    @Test
    void runsAllOfAHundredUpsesAndABoundedNumberAtATime() throws Exception {
        CommandQueue queue = queue(60_000, 60_000);
        for (int ups = 0; ups < 100; ups++) queue.add(command("ups" + ups, "ONBATT", ".1"));
        queue.awaitIdle(60_000);
        assertThat(began()).hasSize(100).doesNotHaveDuplicates();
        assertThat(ended()).as("none is ended before its time").hasSize(100);
        assertThat(mostAtOnce()).isBetween(2, CommandQueue.AT_ONCE);
        assertThat(failures).isEmpty();
    }

    @Test
    void runsThoseOfOneUpsOneAfterTheOther() throws Exception {
        CommandQueue queue = queue(60_000, 60_000);
        for (String seconds : List.of(".4", ".2", ".1", "0")) queue.add(command("ups", "K" + seconds, seconds));
        queue.awaitIdle(60_000);
        assertThat(ran())
                .containsExactly(
                        "+ ups K.4",
                        "- ups K.4",
                        "+ ups K.2",
                        "- ups K.2",
                        "+ ups K.1",
                        "- ups K.1",
                        "+ ups K0",
                        "- ups K0");
    }

    @Test
    void isNotHeldUpByCommandsThatHang() {
        CommandQueue queue = queue(100, 60_000);
        for (int i = 0; i < 2 * CommandQueue.AT_ONCE; i++) queue.add(command("hung" + i, "ONBATT", HANGS));
        queue.add(command("hung0", "ONLINE", "0"));
        queue.add(command("other", "ONBATT", "0"));
        await(() -> ended().containsAll(List.of("hung0 ONLINE", "other ONBATT")));
    }

    @Test
    void endsTheOneThatHangsLongestOnlyWhenItsPlaceIsWanted() {
        CommandQueue queue = queue(20, 300);
        for (int i = 0; i < CommandQueue.MOST; i++) queue.add(command("hung" + i, "ONBATT", HANGS));
        await(() -> began().size() == CommandQueue.MOST);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
        assertThat(failures).as("nobody wants a place").isEmpty();
        queue.add(command("other", "ONBATT", "0"));
        await(() -> ended().contains("other ONBATT"));
        await(() -> !failures.isEmpty());
        assertThat(failures).allMatch(line -> line.endsWith("ended with 137"));
        assertThat(failures.size()).isLessThan(CommandQueue.MOST / 2);
        assertThat(ended()).as("no script goes on with its next line").containsExactly("other ONBATT");
    }

    @Test
    void startsWhatIsUrgentAtOnce() {
        CommandQueue queue = queue(60_000, 60_000);
        for (int i = 0; i < 100; i++) queue.add(command("hung" + i, "ONBATT", HANGS));
        queue.add(command("hung0", "FSD", "0", true));
        queue.add(command("", "SHUTDOWN", "0", true));
        await(() -> ended().containsAll(List.of("hung0 FSD", " SHUTDOWN")));
        await(() -> began().size() == CommandQueue.AT_ONCE + 2);
    }

    @Test
    void mergesWhatRepeatsItselfAndEndsWithTheNewest() throws Exception {
        CommandQueue queue = queue(60_000, 60_000);
        queue.add(command("ups", "first", ".5"));
        await(() -> began().size() == 1);
        for (int i = 0; i < 1000; i++) queue.add(command("ups", i % 2 == 0 ? "ONBATT" : "ONLINE", "0"));
        queue.add(command("ups", "LOWBATT", "0"));
        queue.awaitIdle(60_000);
        assertThat(began()).hasSize(1 + CommandQueue.MANY + 1).endsWith("ups ONBATT", "ups ONLINE", "ups LOWBATT");
    }

    @Test
    void startsWhatWaitsWhenItEnds() throws Exception {
        CommandQueue queue = queue(60_000, 60_000);
        for (int i = 0; i < 20; i++) queue.add(command("ups" + i % 10, "K" + i, "1"));
        queue.close();
        queue.add(command("late", "ONBATT", "0"));
        queue.awaitStarted(20_000);
        await(() -> ended().size() == 20);
        assertThat(began()).doesNotContain("late ONBATT");
    }

    @Test
    void tellsOfWhatFailedAndGoesOn() {
        CommandQueue queue = queue(60_000, 60_000);
        queue.add(new Command("ups", "A", false, List.of("/nowhere/at all"), "x", Map.of(), ""));
        queue.add(new Command("ups", "B", false, List.of("sh -c"), "exit 3", Map.of(), ""));
        queue.add(command("ups", "C", "0"));
        await(() -> ended().contains("ups C"));
        assertThat(failures).containsExactly("A cannot be run: No such file or directory", "B ended with 3");
    }

    private CommandQueue queue(long slow, long limit) {
        var queue =
                new CommandQueue("test", (command, fault) -> failures.add(command.kind() + " " + fault), slow, limit);
        queues.add(queue);
        return queue;
    }

    private Command command(String ups, String kind, String seconds) {
        return command(ups, kind, seconds, false);
    }

    private Command command(String ups, String kind, String seconds, boolean urgent) {
        return new Command(
                ups,
                kind,
                urgent,
                List.of(dir.resolve("run").toString()),
                seconds,
                Map.of("WHO", ups + " " + kind),
                "");
    }

    private List<String> began() {
        return ran("+ ");
    }

    private List<String> ended() {
        return ran("- ");
    }

    private List<String> ran(String mark) {
        return ran().stream()
                .filter(line -> line.startsWith(mark))
                .map(line -> line.substring(2))
                .toList();
    }

    private List<String> ran() {
        try {
            Path file = dir.resolve("ran");
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private int mostAtOnce() {
        List<String> lines = ran();
        return IntStream.rangeClosed(1, lines.size())
                .map(upTo -> lines.subList(0, upTo).stream()
                        .mapToInt(line -> line.startsWith("+") ? 1 : -1)
                        .sum())
                .max()
                .orElse(0);
    }

    private void await(BooleanSupplier done) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!done.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) throw new AssertionError("not within 60 s; " + ran() + failures);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }
}
