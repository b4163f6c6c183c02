package org.cobnut.upsd;

import java.util.concurrent.TimeUnit;

/**
 * What upsd.conf says and every request looks at; replaced whole by an edit.
 *
 * @param reserve how many of the connections are kept for this machine and for addresses that have logged in
 */
record Limits(long maxageNanos, long trackingNanos, int connections, int reserve) {
    static Limits of(Upsd.Config config, Capacity capacity) {
        boolean chosen = config.maxconn() > 0;
        return new Limits(
                TimeUnit.SECONDS.toNanos(config.maxage()),
                TimeUnit.SECONDS.toNanos(config.trackingdelay()),
                chosen ? Math.min(config.maxconn(), capacity.connections()) : capacity.connections(),
                chosen && config.maxconn() <= capacity.connections() ? 0 : capacity.reserve());
    }
}
