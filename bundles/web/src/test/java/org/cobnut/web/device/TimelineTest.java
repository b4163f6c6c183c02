package org.cobnut.web.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.cobnut.model.Health;
import org.junit.jupiter.api.Test;

class TimelineTest {
    private final Timeline timeline = new Timeline();

    @Test
    void changesOfStatusAlarmAndHealthAreKeptTheNewestFirst() {
        var line = Devices.snapshot(new Health.Fresh(), "ups.status", "OL");
        var battery = Devices.snapshot(new Health.Fresh(), "ups.status", "OB DISCHRG", "ups.alarm", "No mains");
        timeline.changed("Demo", line, battery);
        timeline.changed("demo", battery, battery.with(new Health.Stale(Instant.EPOCH, "silence")));
        assertThat(timeline.of("DEMO"))
                .extracting(entry -> entry.kind() + ": " + entry.before() + " > " + entry.after())
                .containsExactly("health: fresh > stale", "alarm:  > No mains", "status: OL > OB DISCHRG");
    }

    @Test
    void otherValuesAreNoEvents() {
        timeline.changed(
                "demo",
                Devices.snapshot(new Health.Fresh(), "ups.status", "OL", "ups.load", "1"),
                Devices.snapshot(new Health.Fresh(), "ups.status", "OL", "ups.load", "2"));
        assertThat(timeline.of("demo")).isEmpty();
    }

    @Test
    void aDeviceThatFluttersForEverIsBounded() {
        var line = Devices.snapshot(new Health.Fresh(), "ups.status", "OL");
        var battery = Devices.snapshot(new Health.Fresh(), "ups.status", "OB");
        for (int i = 0; i < 2 * Timeline.ENTRIES; i++) timeline.changed("demo", line, battery);
        for (int i = 0; i < 2 * Timeline.DEVICES; i++) timeline.changed("ups" + i, line, battery);
        timeline.changed("demo", line, battery);
        assertThat(timeline.of("ups0")).isEmpty();
        for (int i = 0; i < 2 * Timeline.ENTRIES; i++) timeline.changed("demo", line, battery);
        assertThat(timeline.of("demo")).hasSize(Timeline.ENTRIES);
    }
}
