package org.cobnut.upsd;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BrakeTest {
    private static final long MOST = TimeUnit.SECONDS.toNanos(4);
    private final AtomicLong now = new AtomicLong();
    private final Brake brake = new Brake(now::get);

    @Test
    void afterSomeFailuresEachOneMakesTheNextWaitLongerUpToALimit() {
        long before = -1;
        for (int failures = 0; failures < 12; failures++) {
            long delay = brake.delay("192.0.2.7", "mon", MOST);
            assertThat(delay).isGreaterThanOrEqualTo(failures < 3 ? 0 : Math.min(before + 1, MOST));
            assertThat(delay).isLessThanOrEqualTo(failures < 3 ? 0 : MOST);
            before = delay;
            brake.failed("192.0.2.7", "mon");
        }
        assertThat(before).isEqualTo(MOST);
    }

    @Test
    void anotherAddressIsHeldUpForLessThanASecondWhateverHappensToItsName() {
        for (int i = 0; i < 100_000; i++) brake.failed("192.0.2." + i % 200, "mon");
        assertThat(brake.delay("198.51.100.1", "mon", MOST)).isBetween(1L, TimeUnit.MILLISECONDS.toNanos(500));
        assertThat(brake.delay("198.51.100.1", "other", MOST)).isZero();
    }

    @Test
    void aGoodLoginForgivesItsOwnNameOnly() {
        for (int i = 0; i < 10; i++) brake.failed("192.0.2.7", "admin");
        for (int i = 0; i < 10; i++) brake.failed("192.0.2.7", "mon");
        brake.succeeded("192.0.2.7", "mon");
        assertThat(brake.delay("192.0.2.7", "guest", MOST)).isEqualTo(MOST);
        brake.succeeded("192.0.2.7", "admin");
        assertThat(brake.delay("192.0.2.7", "guest", MOST)).isZero();
    }

    @Test
    void timeForgives() {
        for (int i = 0; i < 100; i++) brake.failed("192.0.2.7", "mon");
        now.addAndGet(TimeUnit.MINUTES.toNanos(11));
        assertThat(brake.delay("192.0.2.7", "mon", MOST)).isZero();
    }

    @Test
    void zeroIsNoDelay() {
        for (int i = 0; i < 100; i++) brake.failed("192.0.2.7", "mon");
        assertThat(brake.delay("192.0.2.7", "mon", 0)).isZero();
    }

    @Test
    void onLoopbackEachNameCountsAloneAndOfIpv6TheNetwork() throws UnknownHostException {
        InetAddress loopback = InetAddress.getByName("127.0.0.1");
        assertThat(Brake.origin(loopback, "mon", true)).isNotEqualTo(Brake.origin(loopback, "admin", true));
        assertThat(Brake.origin(loopback, "x", false)).isEqualTo(Brake.origin(loopback, "y", false));
        assertThat(Brake.origin(InetAddress.getByName("2001:db8:1:2::3"), "mon", true))
                .isEqualTo(Brake.origin(InetAddress.getByName("2001:db8:1:2:4:5:6:7"), "admin", true))
                .isNotEqualTo(Brake.origin(InetAddress.getByName("2001:db8:1:3::3"), "mon", true));
        assertThat(Brake.origin(InetAddress.getByName("192.0.2.7"), "mon", true))
                .isEqualTo("192.0.2.7");
    }
}
