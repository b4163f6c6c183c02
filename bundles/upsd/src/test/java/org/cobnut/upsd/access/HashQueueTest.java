package org.cobnut.upsd.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cobnut.upsd.access.PasswordCheck.Result;
import org.junit.jupiter.api.Test;

class HashQueueTest {
    private static final User USER = new User("mon", "x", new String[0], new String[0], "");
    private final HashQueue queue = new HashQueue();

    @Test
    void sourcesWithoutFailuresGoFirstAndTheNewestOfThem() {
        add("guesser", false, false);
        add("one", true, false);
        add("two", true, false);
        assertThat(order()).containsExactly("two", "one", "guesser");
    }

    @Test
    void sourcesWithFailuresTakeTurns() {
        for (int i = 0; i < 3; i++) add("many", false, false);
        add("few", false, false);
        assertThat(order()).containsExactly("many", "few", "many", "many");
    }

    @Test
    void aKnownUserGoesBeforeAllAndKeepsItsTurn() {
        add("guesser", true, false);
        add("known", false, true);
        assertThat(order()).containsExactly("(known)", "guesser", "known");
    }

    @Test
    void theOldestIsDroppedWhenThereAreTooMany() {
        for (int i = 0; i < HashQueue.MOST_OF_ONE; i++)
            assertThat(add("many", false, false)).isEmpty();
        Optional<PasswordCheck> dropped = add("many", false, false);
        assertThat(dropped).isPresent();
        for (int i = 0; i < HashQueue.MOST; i++) add("fresh" + i, true, false);
        assertThat(add("last", true, false)).map(PasswordCheck::source).contains("fresh0");
        for (int i = 0; i < HashQueue.MOST; i++) add("source" + i, false, false);
        assertThat(order()).hasSize(2 * HashQueue.MOST);
    }

    private Optional<PasswordCheck> add(String source, boolean fresh, boolean known) {
        var slot = new LoginThrottle.ReplySlot(fresh, 0, 0);
        return queue.add(
                new PasswordCheck(
                        new Login("mon", "x", java.net.InetAddress.getLoopbackAddress(), null),
                        USER,
                        source,
                        slot,
                        Result.UNCHECKED),
                known);
    }

    /** The sources in item, in brackets when it is before their item. */
    private List<String> order() {
        var order = new ArrayList<String>();
        for (HashQueue.Item item = queue.poll(); item != null; item = queue.poll()) {
            String source = item.check().source();
            order.add(item.inOrder() ? source : '(' + source + ')');
        }
        return order;
    }
}
