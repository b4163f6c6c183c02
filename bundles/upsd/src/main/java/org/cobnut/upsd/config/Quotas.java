package org.cobnut.upsd.config;

import java.util.concurrent.TimeUnit;

/** How much of the server one address may use, and whether reading needs a login; an edit replaces them as a whole. */
public record Quotas(
        int perAddress, int strangers, long firstCommandMillis, long loginDelayNanos, boolean loginToRead) {
    private static final int MOST_PER_ADDRESS = 2000;
    private static final int MOST_STRANGERS = 1500;

    public static Quotas of(UpsdConfig config, Capacity capacity) {
        return new Quotas(
                most(config.maxconn_per_address(), capacity.connections() / 2, MOST_PER_ADDRESS),
                most(config.maxconn_strangers(), capacity.connections() / 8 * 3, MOST_STRANGERS),
                TimeUnit.SECONDS.toMillis(config.first_command()),
                TimeUnit.SECONDS.toNanos(config.login_delay()),
                config.requirelogin());
    }

    /** The number of the file, where 0 means no limit; without one, a share of the capacity. */
    private static int most(int number, int share, int most) {
        if (number < 0) return Math.max(1, Math.min(share, most));
        return number > 0 ? number : Integer.MAX_VALUE;
    }
}
