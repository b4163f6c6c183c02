package org.cobnut.upssched;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimersTest {
    private static final Event ONE = new Event("ONBATT", "one@host", "UPS one@host on battery");
    private static final Event TWO = new Event("ONBATT", "two@host", "UPS two@host on battery");

    private final Timers timers = new Timers(List.of());

    @TempDir
    private Path dir;

    @Test
    void endInTheOrderOfTheirTimes() {
        timers.start(new Action.Start("late", 10, false), ONE, 0);
        timers.start(new Action.Start("early", 5, false), ONE, 0);
        assertThat(timers.next()).hasValue(5000);
        assertThat(timers.due(4999)).isEmpty();
        assertThat(timers.due(10_000)).extracting(Timer::name).containsExactly("early", "late");
        assertThat(timers.list()).isEmpty();
    }

    @Test
    void ofOneNameAreSeveralUnlessShared() {
        timers.start(new Action.Start("t", 10, false), ONE, 0);
        timers.start(new Action.Start("t", 10, false), TWO, 0);
        assertThat(timers.list()).hasSize(2);
        timers.start(new Action.Start("t", 99, true), TWO, 5000);
        assertThat(timers.list()).hasSize(2);
        assertThat(timers.list().get(0).due()).as("a shared one keeps its time").isEqualTo(10_000);
    }

    @Test
    void thatAreSharedNameEverybodyOnce() {
        for (Event event : List.of(ONE, TWO, ONE)) timers.start(new Action.Start("t", 10, true), event, 0);
        assertThat(timers.list().get(0).environment())
                .containsEntry("UPSNAME", "one@host,two@host")
                .containsEntry("NOTIFYTYPE", "ONBATT")
                .containsEntry("NOTIFYMSG", "UPS one@host on battery.\tUPS two@host on battery");
    }

    @Test
    void areCancelledByNameOrByWhatBeganThem() {
        timers.start(new Action.Start("t", 10, false), ONE, 0);
        timers.start(new Action.Start("t", 10, false), TWO, 0);
        assertThat(timers.cancel(new Action.Cancel("u", "", false), ONE)).isFalse();
        assertThat(timers.cancel(new Action.Cancel("t", "", true), TWO)).isTrue();
        assertThat(timers.list()).extracting(Timer::upses).containsExactly(List.of("one@host"));
        assertThat(timers.cancel(new Action.Cancel("t", "", true), TWO)).isFalse();
        assertThat(timers.cancel(new Action.Cancel("t", "", false), TWO)).isTrue();
        assertThat(timers.list()).isEmpty();
    }

    @Test
    void areBounded() {
        for (int i = 0; i < Timers.MOST + 5; i++) timers.start(new Action.Start("t" + i, 10, false), ONE, 0);
        assertThat(timers.list()).hasSize(Timers.MOST);
        assertThat(timers.start(new Action.Start("minus", -1, false), ONE, 0)).contains("negative");
    }

    @Test
    void areKeptWithTheirTimesThoughTheClockIsAnother() {
        timers.start(new Action.Start("a\tb", 60, false), ONE, 1000);
        timers.start(new Action.Start("c", 60, true), new Event("FSD", "", "100%, \"now\"\nor never"), 1000);
        var log = new ArrayList<String>();
        Path file = dir.resolve("timers");
        new TimerStore(file, () -> 1000, log::add).save(timers.list());
        List<Timer> loaded = new TimerStore(file, () -> 500_000, log::add).load();
        assertThat(loaded).extracting(Timer::name).containsExactly("a\tb", "c");
        assertThat(loaded.get(1).environment()).isEqualTo(timers.list().get(1).environment());
        assertThat(loaded).allSatisfy(timer -> assertThat(timer.due()).isBetween(500_000L, 560_000L));
        assertThat(log).isEmpty();
    }

    @Test
    void areWrittenIntoNoLinkAndForNobodyElse() throws java.io.IOException {
        Path file = dir.resolve("timers");
        Path precious = java.nio.file.Files.writeString(dir.resolve("precious"), "precious");
        java.nio.file.Files.createSymbolicLink(dir.resolve("timers.new"), precious);
        timers.start(new Action.Start("a", 60, false), ONE, 1000);
        new TimerStore(file, () -> 1000, line -> {}).save(timers.list());
        assertThat(precious).hasContent("precious");
        assertThat(java.nio.file.attribute.PosixFilePermissions.toString(
                        java.nio.file.Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        java.nio.file.Files.move(file, dir.resolve("elsewhere"));
        java.nio.file.Files.createSymbolicLink(file, dir.resolve("elsewhere"));
        assertThat(new TimerStore(file, () -> 1000, line -> {}).load())
                .as("nor are they read through one")
                .isEmpty();
    }

    @Test
    void thatWereKeptWaitUntilTheirUpsesHaveBeenRead() {
        timers.start(new Action.Start("one", 10, false), ONE, 0);
        timers.start(new Action.Start("both", 10, true), ONE, 0);
        timers.start(new Action.Start("both", 10, true), TWO, 0);
        timers.start(new Action.Start("machine", 10, false), new Event("SHUTDOWN", "", "going"), 0);
        timers.forget();
        assertThat(timers.due(20_000)).extracting(Timer::name).containsExactly("machine");
        assertThat(timers.next()).isEmpty();
        timers.answered("one@host", false);
        assertThat(timers.due(20_000)).extracting(Timer::name).containsExactly("one");
        timers.answered("two@host", false);
        assertThat(timers.due(20_000)).extracting(Timer::name).containsExactly("both");
    }

    @Test
    void thatWereKeptGoOnWithOneUpsOnBattery() {
        timers.start(new Action.Start("both", 10, true), ONE, 0);
        timers.start(new Action.Start("both", 10, true), TWO, 0);
        timers.forget();
        timers.answered("two@host", true);
        assertThat(timers.next()).hasValue(10_000);
    }

    @Test
    void thatWereKeptAreNotBegunASecondTime() {
        timers.start(new Action.Start("t", 10, false), ONE, 0);
        timers.forget();
        assertThat(timers.start(new Action.Start("t", 10, false), ONE, 5000))
                .isEqualTo("Timer t goes on: ONBATT was told again");
        assertThat(timers.next()).hasValue(10_000);
        timers.start(new Action.Start("t", 10, false), TWO, 5000);
        assertThat(timers.list()).as("of another UPS").hasSize(2);
    }

    @Test
    void endNoLaterThanIfTheyHadBegunNowWhateverTheUptimeSays() throws Exception {
        Path file = dir.resolve("timers");
        timers.start(new Action.Start("down", 60, false), ONE, 3_600_000);
        new TimerStore(file, () -> 0, line -> {}).save(timers.list());
        Timer loaded = new TimerStore(file, () -> 0, line -> {}).load().get(0);
        assertThat(loaded.due()).isEqualTo(60_000);
        assertThat(loaded.awaited()).containsExactly("one@host");
    }

    @Test
    void ofAnotherBootAreGone() throws Exception {
        Path file = dir.resolve("timers");
        timers.start(new Action.Start("down", 60, false), ONE, 0);
        new TimerStore(file, () -> 0, line -> {}).save(timers.list());
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        lines.set(0, "another");
        Files.write(file, lines);
        assertThat(new TimerStore(file, () -> 0, line -> {}).load()).isEmpty();
    }

    @Test
    void inAFileInDisorderAreLostAndThatIsTold() throws Exception {
        Path file = dir.resolve("timers");
        timers.start(new Action.Start("down", 60, false), ONE, 0);
        new TimerStore(file, () -> 0, line -> {}).save(timers.list());
        Files.writeString(file, Files.readAllLines(file).get(0) + "\nx\n");
        var log = new ArrayList<String>();
        assertThat(new TimerStore(file, () -> 0, log::add).load()).isEmpty();
        assertThat(log).singleElement().asString().contains("lost");
    }
}
