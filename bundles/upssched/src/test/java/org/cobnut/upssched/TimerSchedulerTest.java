package org.cobnut.upssched;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.cobnut.wire.Lexer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** upssched with a script that really runs, and a socket that others really call. */
class TimerSchedulerTest {
    private static final Event ONBATT = new Event("ONBATT", "ups@host", "UPS on battery");

    @TempDir
    private Path dir;

    private TimerScheduler scheduler =
            new TimerScheduler(List.of(), new ScriptRunner(line -> {}), () -> 0, timers -> {}, line -> {});
    private volatile List<Timer> timers = List.of();

    @BeforeEach
    void begin() throws IOException {
        Path script = Files.writeString(
                dir.resolve("cmd"),
                "#!/bin/sh\necho \"$*|$UPSNAME|$NOTIFYTYPE|$NOTIFYMSG\" >> " + dir
                        + "/ran\n[ \"$2\" != hang ] || exec sleep 60\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        scheduler = new TimerScheduler(
                List.of(),
                new ScriptRunner(line -> {}),
                () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()),
                now -> timers = now,
                line -> {});
    }

    /** One that goes on with a timer whose time is over. */
    private void begin(long wait, String timer, Event event) {
        scheduler = new TimerScheduler(
                List.of(Timer.of(timer, TimeUnit.NANOSECONDS.toMillis(System.nanoTime()) - 1, 20_000, event)
                        .waiting()),
                new ScriptRunner(line -> {}),
                () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()),
                now -> timers = now,
                line -> {},
                wait);
    }

    @AfterEach
    void end() throws InterruptedException {
        scheduler.end();
    }

    @Test
    void executesAtOnceAndLaterWithTheNoticeInTheEnvironment() {
        rules("ONBATT * EXECUTE now", "ONBATT * START-TIMER later 1");
        scheduler.hear(ONBATT);
        await(() -> ran().contains("later"));
        assertThat(ran()).isEqualTo("""
                one now|ups@host|ONBATT|UPS on battery
                one later|ups@host|ONBATT|UPS on battery
                """);
    }

    @Test
    void doesNotWaitForEverForAScriptThatHangs() {
        rules("ONBATT * EXECUTE hang", "ONBATT * EXECUTE after", "ONBATT * START-TIMER t 1");
        scheduler.hear(ONBATT);
        await(() -> ran().contains("one t|"));
        assertThat(ran()).as("a timer waits for no script").doesNotContain("after");
        await(() -> ran().contains("after"));
    }

    @Test
    void runsTheOtherCommandWhenThereIsNothingToCancel() {
        rules("ONBATT * START-TIMER t 3600", "ONLINE * CANCEL-TIMER t back");
        scheduler.hear(ONBATT);
        scheduler.hear(new Event("ONLINE", "ups@host", "on line"));
        await(() -> scheduler.answer(List.of(PipeRequest.LIST)).equals("BEGIN LIST TIMERS\nEND LIST TIMERS\nOK\n"));
        assertThat(ran()).isEmpty();
        scheduler.hear(new Event("ONLINE", "ups@host", "on line"));
        await(() -> ran().startsWith("one back|ups@host|ONLINE"));
    }

    @Test
    void goesOnWithItsTimersUnderOtherRules() {
        rules("ONBATT * START-TIMER t 1");
        scheduler.hear(ONBATT);
        rules("ONLINE * EXECUTE other");
        await(() -> ran().startsWith("one t|"));
        // The script runs before the timer is told to be gone.
        await(() -> timers.isEmpty());
    }

    @Test
    void endsNoTimerOfBeforeWhenTheUpsIsFoundOnLinePower() {
        begin(60_000, "t", ONBATT);
        rules("ONLINE * CANCEL-TIMER t back", "ONLINE * EXECUTE online");
        scheduler.hear(new Event("ONLINE", "ups@host", "on line"));
        scheduler.answered("ups@host", Set.of("OL"));
        await(() -> timers.isEmpty() && ran().contains("online"));
        assertThat(ran()).isEqualTo("one online|ups@host|ONLINE|on line\n");
    }

    /** NOTIFYFLAG may suppress ONLINE, and earlier notices may be lost. */
    @Test
    void endsNoTimerOfBeforeThoughNobodyTellsOfLinePower() {
        begin(60_000, "t", ONBATT);
        rules("ONLINE * EXECUTE online", "ONLINE * CANCEL-TIMER t back");
        scheduler.answered("ups@host", Set.of("OL", "CHRG"));
        await(() -> scheduler.answer(List.of(PipeRequest.LIST)).equals("BEGIN LIST TIMERS\nEND LIST TIMERS\nOK\n"));
        assertThat(ran()).isEmpty();
    }

    @Test
    void goesOnWithATimerOfBeforeWhenTheUpsIsOnBatteryStill() {
        begin(60_000, "t", ONBATT);
        rules("ONBATT * START-TIMER t 3600", "ONLINE * CANCEL-TIMER t");
        scheduler.hear(ONBATT);
        scheduler.answered("ups@host", Set.of("OB"));
        await(() -> timers.isEmpty() && ran().startsWith("one t|ups@host|ONBATT"));
        assertThat(ran().lines()).hasSize(1);
    }

    @Test
    void goesOnWithATimerOfBeforeThatNothingCancels() {
        begin(60_000, "t", ONBATT);
        rules("ONBATT * START-TIMER t 3600");
        scheduler.answered("ups@host", Set.of("OL"));
        await(() -> ran().startsWith("one t|ups@host|ONBATT"));
    }

    @Test
    void waitsForAUpsThatNeverAnswersButNotForEver() {
        begin(1500, "t", ONBATT);
        rules("ONBATT * START-TIMER t 3600", "ONLINE * CANCEL-TIMER t");
        scheduler.answered("other@host", Set.of("OB"));
        assertThat(scheduler.answer(List.of(PipeRequest.LIST))).contains("t\t");
        assertThat(ran()).isEmpty();
        await(() -> ran().startsWith("one t|ups@host|ONBATT"));
    }

    @Test
    void waitsAgainWhenWhatIsKnownCountsNoMore() {
        rules("ONBATT * START-TIMER t 1", "ONLINE * CANCEL-TIMER t");
        scheduler.hear(ONBATT);
        scheduler.forget();
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1500));
        assertThat(ran()).isEmpty();
        scheduler.answered("ups@host", Set.of("OB"));
        await(() -> ran().startsWith("one t|"));
    }

    @Test
    void goesOnWithItsTimersWhenTheFileIsGone() {
        rules("ONBATT * START-TIMER t 1");
        scheduler.hear(ONBATT);
        scheduler.adopt(Conf.NONE);
        scheduler.hear(ONBATT);
        await(() -> ran().startsWith("one t|"));
        await(() -> timers.isEmpty());
    }

    @Test
    void isOrderedOverItsPipe() throws Exception {
        rules("ONBATT * EXECUTE x");
        Path path = dir.resolve("pipe");
        try (var pipe = PipeServer.open(path, scheduler::answer)) {
            assertThat(Files.getPosixFilePermissions(pipe.path())).hasSize(4);
            assertThat(Invocation.ask(path, "START \"t\" \"3600\" \"ONBATT\" \"\" \"a message\""))
                    .contains(List.of());
            List<String> list = Invocation.ask(path, PipeRequest.LIST).orElseThrow();
            assertThat(list).hasSize(3);
            assertThat(list.get(1)).matches("t\t\\d+\t3[56]\\d\\d\tONBATT\t\"\"\ta message");
            assertThatThrownBy(() -> PipeServer.open(path, scheduler::answer)).hasMessageContaining("another upssched");
            assertThat(Invocation.ask(path, "CANCEL \"t\" \"\"")).isPresent();
            assertThat(timers).isEmpty();
        }
        assertThat(path).doesNotExist();
        assertThat(Invocation.ask(path, PipeRequest.LIST)).isEmpty();
    }

    @Test
    void answersManyCallersAtOnce() throws Exception {
        rules("ONBATT * EXECUTE x");
        Path path = dir.resolve("pipe");
        try (var pipe = PipeServer.open(path, scheduler::answer)) {
            var threads = java.util.concurrent.Executors.newFixedThreadPool(100);
            var gate = new java.util.concurrent.CountDownLatch(1);
            var answers = new java.util.ArrayList<java.util.concurrent.Future<Boolean>>();
            for (int i = 0; i < 100; i++) {
                String line = "START \"t" + i + "\" \"3600\"";
                answers.add(threads.submit(() -> {
                    gate.await();
                    return Invocation.ask(pipe.path(), line).isPresent();
                }));
            }
            gate.countDown();
            for (var answer : answers)
                assertThat(answer.get(30, TimeUnit.SECONDS)).isTrue();
            threads.shutdown();
            await(() -> timers.size() == 100);
        }
    }

    @Test
    void takesThePlaceOfAPipeThatWasLeftBehind() throws Exception {
        Path path = dir.resolve("pipe");
        try (var dead = java.nio.channels.ServerSocketChannel.open(java.net.StandardProtocolFamily.UNIX)) {
            dead.bind(java.net.UnixDomainSocketAddress.of(path));
        }
        try (var pipe = PipeServer.open(path, scheduler::answer)) {
            assertThat(Invocation.ask(pipe.path(), PipeRequest.LIST)).isPresent();
        }
    }

    private void rules(String... lines) {
        scheduler.adopt(new Conf(
                List.of(dir.resolve("cmd").toString(), "one"),
                java.util.Optional.empty(),
                java.util.Optional.empty(),
                List.of(lines).stream()
                        .map(line -> AtLine.of(Lexer.lines(line).get(0)))
                        .toList()));
    }

    private String ran() {
        try {
            return Files.exists(dir.resolve("ran")) ? Files.readString(dir.resolve("ran")) : "";
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private void await(BooleanSupplier done) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!done.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) throw new AssertionError("not within 30 s; ran so far: " + ran());
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }
}
