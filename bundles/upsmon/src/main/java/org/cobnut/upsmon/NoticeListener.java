package org.cobnut.upsmon;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Hears every notice of upsmon, whatever its NOTIFYFLAG, as a whiteboard service. Called in the order of the notices, on
 * one thread that nothing else depends on, least of all a shutdown; listeners that block wait for each other.
 */
@FunctionalInterface
@ConsumerType
public interface NoticeListener {
    /** Called when people are told. */
    void noticed(Notice notice);
}
