package org.cobnut.web.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.cobnut.model.Health;
import org.cobnut.web.device.Device;
import org.cobnut.web.device.Devices;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {
    @TempDir
    private Path folder;

    private Instant now = Instant.parse("2026-03-01T12:00:00Z");
    private final List<Device> devices = new ArrayList<>();

    @Test
    void theDayIsByTheMinuteAndTheMonthByTheHalfHour() throws IOException {
        try (var history = history()) {
            for (int i = 0; i < 120; i++) minute(history, Devices.fresh("demo", "ups.load", "" + i % 60));
            var day = history.read("DEMO", false);
            assertThat(day.stepSeconds()).isEqualTo(60);
            assertThat(day.values().get("load")).hasSizeBetween(1440, 1441);
            assertThat(known(day, "load")).hasSizeGreaterThan(115).contains(0, 30, 59);
            assertThat(known(day, "charge")).isEmpty();
            var month = history.read("demo", true);
            assertThat(month.stepSeconds()).isEqualTo(1800);
            assertThat(known(month, "load")).hasSizeBetween(3, 5).allMatch(value -> value > 10 && value < 50);
        }
    }

    @Test
    void aFileNeverGrowsAndADeviceThatIsLostLeavesAGap() throws IOException {
        try (var history = history()) {
            minute(history, Devices.fresh("demo", "battery.charge", "100"));
            long size = Files.size(folder.resolve("demo.rrd"));
            for (int i = 0; i < 5; i++) minute(history, Devices.fresh("demo", "battery.charge", "100"));
            for (int i = 0; i < 10; i++)
                minute(history, Devices.device("demo", new Health.Stale(now, "silence"), "battery.charge", "100"));
            for (int i = 0; i < 5; i++) minute(history, Devices.fresh("demo", "battery.charge", "50"));
            assertThat(Files.size(folder.resolve("demo.rrd"))).isEqualTo(size).isLessThan(200_000);
            assertThat(known(history.read("demo", false), "charge"))
                    .hasSizeBetween(8, 13)
                    .contains(100, 50);
        }
    }

    @Test
    void namesStayInTheFolderAndFilesAreFew() throws IOException {
        try (var history = history()) {
            minute(history, Devices.fresh("../Evil/..", "ups.load", "1"));
            assertThat(folder.resolve("%2e%2e%2fevil%2f%2e%2e.rrd")).exists();
            for (int i = 1; i < History.DEVICES; i++) Files.createFile(folder.resolve("other" + i + ".rrd"));
            minute(history, Devices.fresh("one-more", "ups.load", "1"));
            assertThat(folder.resolve("one-more.rrd")).doesNotExist();
        }
    }

    @Test
    void whatNobodyWritesIsRemovedAndWhatIsBrokenMadeAnew() throws IOException {
        try (var history = history()) {
            Path old = Files.createFile(folder.resolve("old.rrd"));
            Files.setLastModifiedTime(old, FileTime.from(now.minus(Duration.ofDays(32))));
            Files.writeString(folder.resolve("demo.rrd"), "half a file");
            for (int i = 0; i < 4; i++) minute(history, Devices.fresh("demo", "ups.load", "7"));
            assertThat(old).doesNotExist();
            assertThat(known(history.read("demo", false), "load")).isNotEmpty();
        }
    }

    @Test
    void aClockThatIsSetBackHarmsNothing() {
        try (var history = history()) {
            for (int i = 0; i < 5; i++) minute(history, Devices.fresh("demo", "ups.load", "7"));
            now = now.minus(Duration.ofHours(1));
            minute(history, Devices.fresh("demo", "ups.load", "9"));
            now = now.plus(Duration.ofHours(1)).plusSeconds(120);
            minute(history, Devices.fresh("demo", "ups.load", "7"));
            assertThat(known(history.read("demo", false), "load")).isNotEmpty().doesNotContain(9);
        }
    }

    private History history() {
        return new History(() -> devices, folder, () -> now);
    }

    private void minute(History history, Device device) {
        devices.clear();
        devices.add(device);
        history.sample();
        now = now.plusSeconds(History.STEP);
    }

    private static List<Integer> known(History.Series series, String name) {
        double[] values = series.values().get(name);
        return IntStream.range(0, values.length)
                .mapToDouble(i -> values[i])
                .filter(Double::isFinite)
                .mapToObj(value -> (int) Math.round(value))
                .toList();
    }
}
