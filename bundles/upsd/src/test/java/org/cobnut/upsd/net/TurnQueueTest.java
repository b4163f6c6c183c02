package org.cobnut.upsd.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The turns of connections that have more requests to answer. */
class TurnQueueTest {
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final TurnQueue queue = new TurnQueue.Registry().of(channel.eventLoop());
    private final List<String> ran = new ArrayList<>();

    @Test
    void aTurnComesOnceHoweverOftenItIsAdded() {
        Runnable turn = () -> ran.add("turn");
        queue.add(turn);
        queue.add(turn);
        runAll();
        assertThat(ran).containsExactly("turn");
    }

    @Test
    void aTurnMayAddItselfAgain() {
        queue.add(new Runnable() {
            @Override
            public void run() {
                ran.add("turn");
                if (ran.size() < 3) queue.add(this);
            }
        });
        runAll();
        assertThat(ran).hasSize(3);
    }

    /** Thousands of closed connections waited for their turns with replies of megabytes. */
    @Test
    void aTurnThatWasRemovedIsForgotten() {
        Runnable closed = () -> ran.add("closed");
        queue.add(closed);
        queue.add(() -> ran.add("open"));
        queue.remove(closed);
        runAll();
        assertThat(ran).containsExactly("open");
    }

    private void runAll() {
        for (int i = 0; i < 10; i++) channel.runScheduledPendingTasks();
    }
}
