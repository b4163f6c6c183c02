package org.cobnut.driversocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.cobnut.model.Health;
import org.cobnut.model.Snapshot;
import org.junit.jupiter.api.Test;

class ChangeNotifierTest {
    @Test
    void joinsTheOldestChangesAndTellsTheNewestOneByOne() {
        var before = new ArrayList<Snapshot>();
        var after = new ArrayList<Snapshot>();
        Deque<Runnable> tasks = new ArrayDeque<>();
        var notices = new ChangeNotifier(
                "ups1",
                List.of((ups, from, to) -> {
                    before.add(from);
                    after.add(to);
                }),
                tasks::add);
        for (int i = 0; i < 1000; i++) notices.add(snapshot(i), snapshot(i + 1));
        tasks.forEach(Runnable::run);
        assertThat(after).hasSize(64).startsWith(snapshot(937)).endsWith(snapshot(1000));
        assertThat(before).startsWith(snapshot(0));
        assertThat(before.subList(1, 64)).isEqualTo(after.subList(0, 63));
    }

    private static Snapshot snapshot(int second) {
        return Snapshot.empty(Instant.ofEpochSecond(second), new Health.Fresh());
    }
}
