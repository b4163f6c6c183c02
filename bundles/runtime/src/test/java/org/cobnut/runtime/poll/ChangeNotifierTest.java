package org.cobnut.runtime.poll;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.cobnut.device.DeviceListener;
import org.cobnut.model.Health;
import org.cobnut.model.Snapshot;
import org.junit.jupiter.api.Test;

class ChangeNotifierTest {
    private final List<Snapshot> before = new ArrayList<>();
    private final List<Snapshot> after = new ArrayList<>();
    private final DeviceListener listener = (ups, from, to) -> {
        before.add(from);
        after.add(to);
    };
    private final ChangeNotifier notices = new ChangeNotifier("ups1", List.of(listener));

    @Test
    void tellsChangesInOrder() {
        for (int i = 0; i < 3; i++) notices.add(snapshot(i), snapshot(i + 1));
        notices.drain();
        assertThat(after).containsExactly(snapshot(1), snapshot(2), snapshot(3));
    }

    @Test
    void joinsWhatASlowListenerCannotKeepUpWithAndLosesNeitherEnd() {
        for (int i = 0; i < 1000; i++) notices.add(snapshot(i), snapshot(i + 1));
        notices.drain();
        assertThat(after).hasSize(64).endsWith(snapshot(1000));
        assertThat(before).startsWith(snapshot(0));
        assertThat(before.subList(1, 64)).isEqualTo(after.subList(0, 63));
        assertThat(after.get(0))
                .as("the oldest became one, the newest are told one by one")
                .isEqualTo(snapshot(937));
    }

    @Test
    void tellsWhatAListenerItselfCausesAfterwards() {
        var steps = new ArrayList<String>();
        var nested = new ArrayList<ChangeNotifier>();
        nested.add(new ChangeNotifier("ups1", List.of((ups, from, to) -> {
            steps.add("in " + to.taken().getEpochSecond());
            if (to.equals(snapshot(1))) {
                nested.get(0).add(to, snapshot(2));
                nested.get(0).drain();
            }
            steps.add("out " + to.taken().getEpochSecond());
        })));
        nested.get(0).add(snapshot(0), snapshot(1));
        nested.get(0).drain();
        assertThat(steps).containsExactly("in 1", "out 1", "in 2", "out 2");
    }

    private static Snapshot snapshot(int second) {
        return Snapshot.empty(Instant.ofEpochSecond(second), new Health.Fresh());
    }
}
