package org.cobnut.upsd.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MemoryLimiterTest {
    private final AtomicLong nanos = new AtomicLong();
    private final MemoryLimiter memory = new MemoryLimiter(1000, nanos::get);
    private final List<String> closed = new ArrayList<>();

    @Test
    void aSharedReplyCountsOnceHoweverManySendIt() {
        byte[] reply = new byte[900];
        List<MemoryLimiter.Account> accounts = new ArrayList<>();
        for (int i = 0; i < 50; i++) accounts.add(account("A", "a" + i));
        for (MemoryLimiter.Account each : accounts) each.hold(1, reply, 0);
        assertThat(memory.total()).isEqualTo(950);
        assertThat(closed).isEmpty();
        for (MemoryLimiter.Account each : accounts.subList(1, 50)) each.hold(0, null, 0);
        assertThat(memory.total()).isEqualTo(901);
        accounts.get(0).hold(0, null, 0);
        assertThat(memory.total()).isZero();
    }

    @Test
    void ofTheAddressThatHoldsMostTheSlowestGoesFirst() {
        account("B", "b").hold(350, null, 0);
        MemoryLimiter.Account reader = account("A", "reader");
        MemoryLimiter.Account deaf = account("A", "deaf");
        reader.hold(300, null, 0);
        deaf.hold(300, null, 0);
        nanos.addAndGet(1_000_000);
        reader.hold(300, null, 5000); // took some, and asked for more
        assertThat(closed).isEmpty();
        account("B", "late").hold(100, null, 0);
        assertThat(closed).containsExactly("deaf");
        assertThat(memory.total()).isEqualTo(750);
    }

    @Test
    void whoIsClosedCountsNoMore() {
        MemoryLimiter.Account big = account("A", "big");
        MemoryLimiter.Account small = account("A", "small");
        big.hold(900, null, 0);
        small.hold(200, null, 0);
        assertThat(closed).containsExactly("big");
        big.hold(900, null, 0);
        assertThat(memory.total()).isEqualTo(200);
    }

    @Test
    void theOnlyOneMayHoldWhatItNeeds() {
        account("A", "only").hold(0, new byte[5000], 0);
        assertThat(closed).isEmpty();
        account("B", "other").hold(10, null, 0);
        assertThat(closed).containsExactly("only");
    }

    private MemoryLimiter.Account account(String address, String name) {
        return memory.account(address, () -> closed.add(name));
    }
}
