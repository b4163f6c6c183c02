package org.cobnut.upsd.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LoginThrottleTest {
    private static final long HOUR = TimeUnit.HOURS.toNanos(1);
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
    private final AtomicLong now = new AtomicLong(7);
    private final LoginThrottle throttle = new LoginThrottle(now::get);

    @Test
    void aSourceHasTenAnswersInAnyMinute() {
        for (int i = 0; i < 10; i++)
            assertThat(throttle.reserve("192.0.2.7", "name" + i, HOUR).now()).isTrue();
        assertThat(throttle.reserve("192.0.2.7", "other", HOUR).nanos()).isEqualTo(MINUTE);
        assertThat(throttle.reserve("192.0.2.8", "else", HOUR).now())
                .as("another source")
                .isTrue();
        now.addAndGet(MINUTE);
        for (int i = 0; i < 9; i++)
            assertThat(throttle.reserve("192.0.2.7", "name" + i, HOUR).now()).isTrue();
        assertThat(throttle.reserve("192.0.2.7", "other", HOUR).nanos()).isEqualTo(MINUTE);
    }

    @Test
    void aNameHasTenAnswersWhoeverAsks() {
        for (int i = 0; i < 10; i++)
            assertThat(throttle.reserve("192.0.2." + i, "mon", HOUR).now()).isTrue();
        assertThat(throttle.reserve("198.51.100.1", "mon", HOUR).nanos()).isEqualTo(MINUTE);
    }

    @Test
    void whatIsTooFarAwayTakesNoPlace() {
        for (int i = 0; i < 10; i++) throttle.reserve("192.0.2.7", "mon", HOUR);
        for (int i = 0; i < 100; i++)
            assertThat(throttle.reserve("192.0.2.7", "mon", MINUTE / 2).none()).isTrue();
        now.addAndGet(MINUTE / 2);
        assertThat(throttle.reserve("192.0.2.7", "mon", MINUTE / 2).nanos()).isEqualTo(MINUTE / 2);
    }

    @Test
    void aRightPasswordGivesItsPlaceBack() {
        for (int i = 0; i < 100; i++) {
            LoginThrottle.ReplySlot slot = throttle.reserve("192.0.2.7", "mon", HOUR);
            assertThat(slot.now()).isTrue();
            throttle.release("192.0.2.7", "mon", slot);
        }
        assertThat(throttle.reserve("192.0.2.7", "mon", HOUR).fresh()).isTrue();
        assertThat(throttle.reserve("192.0.2.7", "mon", HOUR).fresh()).isFalse();
    }

    @Test
    void beyondThePlacesAThousandAreLookedAtAndAHundredASecond() {
        assertThat(throttle.mayCheck("192.0.2.7", "mon")).isTrue();
        for (int i = 0; i < 10; i++) throttle.reserve("192.0.2.7", "mon", HOUR);
        for (int i = 0; i < 1000; i++)
            assertThat(throttle.mayCheck("192.0.2.7", "mon")).isTrue();
        assertThat(throttle.mayCheck("192.0.2.7", "mon")).isFalse();
        assertThat(throttle.mayCheck("192.0.2.8", "mon")).isTrue();
        now.addAndGet(TimeUnit.SECONDS.toNanos(1));
        for (int i = 0; i < 100; i++)
            assertThat(throttle.mayCheck("192.0.2.7", "mon")).isTrue();
        assertThat(throttle.mayCheck("192.0.2.7", "mon")).isFalse();
    }

    @Test
    void zeroIsNoLimit() {
        for (int i = 0; i < 100; i++)
            assertThat(throttle.reserve("192.0.2.7", "mon", 0).now()).isTrue();
    }

    @Test
    void whoWasRightIsKnownThereUntilAnEdit() {
        var user = new User("mon", "pass", new String[0], new String[0], "");
        throttle.succeeded("192.0.2.7", user);
        assertThat(throttle.known("192.0.2.7", user)).isTrue();
        assertThat(throttle.known("192.0.2.8", user)).isFalse();
        assertThat(throttle.known("192.0.2.7", new User("mon", "other", new String[0], new String[0], "")))
                .isFalse();
    }

    @Test
    void ofIpv6TheNetworkCounts() throws UnknownHostException {
        assertThat(source("2001:db8:1:2::3"))
                .isEqualTo(source("2001:db8:1:2:4:5:6:7"))
                .isNotEqualTo(source("2001:db8:1:3::3"));
        assertThat(source("192.0.2.7")).isEqualTo("192.0.2.7");
    }

    private static String source(String address) throws UnknownHostException {
        return LoginThrottle.source(InetAddress.getByName(address));
    }
}
