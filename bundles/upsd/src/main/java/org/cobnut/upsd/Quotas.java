package org.cobnut.upsd;

import java.util.concurrent.TimeUnit;

/** How much of the server one address may take, and what one must be to read; replaced whole by an edit. */
record Quotas(int perAddress, int strangers, long firstCommandMillis, long loginDelayNanos, boolean loginToRead) {
    private static final int MOST_PER_ADDRESS = 2000;
    private static final int MOST_STRANGERS = 1500;

    static Quotas of(Upsd.Config config, Capacity capacity) {
        return new Quotas(
                most(config.maxconn_per_address(), capacity.connections() / 2, MOST_PER_ADDRESS),
                most(config.maxconn_strangers(), capacity.connections() / 8 * 3, MOST_STRANGERS),
                TimeUnit.SECONDS.toMillis(config.first_command()),
                TimeUnit.SECONDS.toNanos(config.login_delay()),
                config.requirelogin());
    }

    /** The number that the file gives, of which 0 is no limit; where it gives none, a share of all there may be. */
    private static int most(int number, int share, int most) {
        if (number < 0) return Math.max(1, Math.min(share, most));
        return number > 0 ? number : Integer.MAX_VALUE;
    }
}
