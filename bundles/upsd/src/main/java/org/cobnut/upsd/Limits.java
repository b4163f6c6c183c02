package org.cobnut.upsd;

import java.util.concurrent.TimeUnit;

/** What upsd.conf says and every request looks at; replaced whole by an edit. */
record Limits(long maxageNanos, long trackingNanos, int connections) {
    static Limits of(Upsd.Config config) {
        return new Limits(
                TimeUnit.SECONDS.toNanos(config.maxage()),
                TimeUnit.SECONDS.toNanos(config.trackingdelay()),
                config.maxconn() > 0 ? config.maxconn() : Integer.MAX_VALUE);
    }
}
