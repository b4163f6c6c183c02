package org.cobnut.upsd;

import java.util.concurrent.TimeUnit;

/** How much of the server one address may take, and what one must be to read; replaced whole by an edit. */
record Quotas(int perAddress, int strangers, long firstCommandMillis, long loginDelayNanos, boolean loginToRead) {
    static Quotas of(Upsd.Config config) {
        return new Quotas(
                most(config.maxconn_per_address()),
                most(config.maxconn_strangers()),
                TimeUnit.SECONDS.toMillis(config.first_command()),
                TimeUnit.SECONDS.toNanos(config.login_delay()),
                config.requirelogin());
    }

    private static int most(int number) {
        return number > 0 ? number : Integer.MAX_VALUE;
    }
}
