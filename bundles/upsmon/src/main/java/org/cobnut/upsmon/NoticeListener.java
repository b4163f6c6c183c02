package org.cobnut.upsmon;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Hears every notice of upsmon, whatever its NOTIFYFLAG, as a whiteboard service. Called in the order of the notices, on
 * one thread that nothing else depends on, least of all a shutdown; listeners that block wait for each other.
 *
 * <p>One with the property {@link #NOTIFYCMD} stands for the program of that name: when NOTIFYCMD names it, the listener
 * hears the notices with the flag EXEC, and no others, and the program is not run.
 */
@FunctionalInterface
@ConsumerType
public interface NoticeListener {
    /** The service property that names the program a listener stands for, without its directory. */
    String NOTIFYCMD = "notifycmd";

    /** Called when people are told. */
    void noticed(Notice notice);
}
