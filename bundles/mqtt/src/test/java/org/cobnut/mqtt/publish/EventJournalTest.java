package org.cobnut.mqtt.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of events. */
class EventJournalTest {
    @TempDir
    Path dir;

    private static DeviceEvent event(int number, boolean alarm) {
        return new DeviceEvent("my ups", alarm, "{\"number\":%d,\"text\":\"%s\"}".formatted(number, "x".repeat(80)));
    }

    private static int number(EventJournal.Entry entry) {
        return Integer.parseInt(entry.event().json().replaceAll("\\D", ""));
    }

    /** Three thousand events, of which each so many-th is an alarm. */
    private static void append(EventJournal journal, int alarms) throws IOException {
        for (int i = 0; i < 3000; i += 50)
            journal.append(IntStream.range(i, i + 50)
                    .mapToObj(number -> event(number, number % alarms == 0))
                    .toList());
    }

    private EventJournal journal(long limit) {
        return new EventJournal(dir.resolve("events"), limit);
    }

    @Test
    void givesBackWhatNobodyAcknowledged() throws IOException {
        try (EventJournal journal = journal(1 << 20)) {
            journal.append(
                    IntStream.range(0, 2000).mapToObj(i -> event(i, true)).toList());
            List<EventJournal.Entry> first = journal.read(1500);
            assertThat(first)
                    .hasSize(1500)
                    .first()
                    .extracting(entry -> entry.event().level())
                    .isEqualTo("my ups");
            journal.acknowledged(first.get(999).end());
            journal.rewind();
            assertThat(journal.read(5000))
                    .hasSize(1000)
                    .first()
                    .extracting(EventJournalTest::number)
                    .isEqualTo(1000);
            assertThat(journal.read(1)).isEmpty();
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dir.resolve("events"))))
                .isEqualTo("rw-------");
        Files.writeString(dir.resolve("events"), "A ups {\"number\":77", StandardOpenOption.APPEND);
        try (EventJournal journal = journal(1 << 20)) {
            List<EventJournal.Entry> all = journal.read(5000);
            assertThat(all).hasSize(2000); // all of them once more, and no unfinished line
            journal.acknowledged(all.get(1999).end());
            assertThat(dir.resolve("events")).isEmptyFile();
            journal.append(List.of(event(5, false)));
            assertThat(journal.read(5))
                    .singleElement()
                    .extracting(EventJournalTest::number)
                    .isEqualTo(5);
        }
    }

    @Test
    void keepsAlarmsWhenThereIsNoRoomForAll() throws IOException {
        try (EventJournal journal = journal(100_000)) {
            append(journal, 10);
            assertThat(Files.size(dir.resolve("events"))).isLessThan(100_001);
            journal.rewind();
            List<Integer> alarms = journal.read(5000).stream()
                    .filter(entry -> entry.event().alarm())
                    .map(EventJournalTest::number)
                    .toList();
            assertThat(alarms)
                    .containsExactlyElementsOf(
                            IntStream.range(0, 300).map(i -> i * 10).boxed().toList());
            assertThat(journal.takeDropped()).isPositive();
        }
    }

    @Test
    void losesTheOldestAlarmsLast() throws IOException {
        try (EventJournal journal = journal(100_000)) {
            append(journal, 1);
            journal.rewind();
            List<Integer> left =
                    journal.read(5000).stream().map(EventJournalTest::number).toList();
            assertThat(left).hasSizeGreaterThan(500).endsWith(2998, 2999).isSorted();
            assertThat(left.get(0) + left.size()).isEqualTo(3000);
            assertThat(journal.takeDropped()).isEqualTo(3000 - left.size());
        }
    }

    @Test
    void followsNoLinkAndTakesNoDamagedFile() throws IOException {
        Path other = Files.writeString(dir.resolve("other"), "A ups {}\n");
        Files.createSymbolicLink(dir.resolve("events"), other);
        try (EventJournal journal = journal(1000)) {
            assertThatThrownBy(() -> journal.append(List.of(event(1, true)))).isInstanceOf(IOException.class);
        }
        assertThat(other).hasContent("A ups {}");
        Files.delete(dir.resolve("events"));
        Files.write(
                dir.resolve("events"),
                ("\u0000".repeat(100_000) + "\nA ups {\"number\":3}\n").getBytes(StandardCharsets.UTF_8));
        try (EventJournal journal = journal(1 << 20)) {
            assertThat(journal.read(10))
                    .singleElement()
                    .extracting(EventJournalTest::number)
                    .isEqualTo(3);
        }
    }
}
