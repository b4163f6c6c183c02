package org.cobnut.upsd.config;

import java.util.concurrent.TimeUnit;

/**
 * The limits of upsd.conf that every request needs; an edit replaces them as a whole.
 *
 * @param reserve how many of the connections are kept for this machine and for addresses that have logged in
 */
public record Limits(long maxageNanos, long trackingNanos, int connections, int reserve) {
    public static Limits of(UpsdConfig config, Capacity capacity) {
        boolean chosen = config.maxconn() > 0;
        return new Limits(
                TimeUnit.SECONDS.toNanos(config.maxage()),
                TimeUnit.SECONDS.toNanos(config.trackingdelay()),
                chosen ? Math.min(config.maxconn(), capacity.connections()) : capacity.connections(),
                chosen && config.maxconn() <= capacity.connections() ? 0 : capacity.reserve());
    }
}
