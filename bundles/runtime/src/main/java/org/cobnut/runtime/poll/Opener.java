package org.cobnut.runtime.poll;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.cobnut.driver.Options;
import org.cobnut.driver.Session;
import org.cobnut.runtime.call.DriverCall;
import org.cobnut.runtime.call.Result;
import org.jspecify.annotations.Nullable;

/** Opens the device a section means, on the driver it names. Called like a driver, and as little trusted. */
public interface Opener {
    /**
     * Opens it.
     *
     * @param wake asks for a poll
     * @throws MisconfiguredException when only another section could be opened
     */
    Opened open(Runnable wake) throws IOException;

    /**
     * Hears that a thread went into the driver and did not come back. Called with no lock held.
     *
     * @param threads where to do what takes its time
     */
    default void lost(Executor threads) {}

    /**
     * An open device, and what its driver says of its options.
     *
     * @param pollfreq time between two full polls; zero when every regular poll is one
     */
    record Opened(Session session, Options options, Duration pollfreq) {}

    /** What an opening left behind, however late it came back. */
    static @Nullable Session opened(DriverCall<?> call) {
        Result<?> result = call.result();
        return result != null && result.value() instanceof Opened opened ? opened.session() : null;
    }
}
