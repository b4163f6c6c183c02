package org.cobnut.drivers.apcupsd;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;
import org.cobnut.driver.Due;
import org.cobnut.driver.Report;
import org.cobnut.driver.Session;

/** One apcupsd. It is asked at most every 10 s, for it reads its UPS no more often; polls between tell what it said last. */
final class ApcupsdSession implements Session {
    static final Duration INTERVAL = Duration.ofSeconds(10);

    private final NisClient client;
    private final LongSupplier clock;
    private Map<String, String> answer = Map.of();
    private long asked;

    /** @param clock nanoseconds that only grow */
    ApcupsdSession(NisClient client, LongSupplier clock) {
        this.client = client;
        this.clock = clock;
    }

    @Override
    public void poll(Report report, Due due) throws IOException {
        long now = clock.getAsLong();
        if (answer.isEmpty() || now - asked >= INTERVAL.toNanos()) {
            answer = client.status();
            asked = now;
        }
        Items.publish(answer, report);
    }
}
