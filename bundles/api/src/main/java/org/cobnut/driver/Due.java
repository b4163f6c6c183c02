package org.cobnut.driver;

/**
 * What a poll is to read. The runtime keeps the time: {@code pollinterval} between two polls, and {@code pollfreq} between
 * two full ones where the driver declares a number of that name among its options; without one every regular poll is full.
 * A driver that reads everything each time takes no notice.
 */
public enum Due {
    /** Everything: the first poll of a session, one after a setting or a command, and one each {@code pollfreq}. */
    FULL,
    /** What changes quickly, such as the status. */
    QUICK,
    /** Only what the device has sent by itself: the session or its link asked for this poll. */
    EVENT
}
