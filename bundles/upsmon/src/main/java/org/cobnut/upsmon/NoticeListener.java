package org.cobnut.upsmon;

import java.util.List;
import java.util.Set;
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

    /**
     * Called with the status of a UPS when it answers for the first time since the start, or since {@link #forgotten};
     * behind the notices that this answer led to. A listener that comes later hears of all that have answered.
     *
     * @param status the words of ups.status that upsmon knows
     */
    default void answered(String ups, Set<String> status) {}

    /** Called when nothing that was known of any UPS counts any more: the machine slept or stood still. */
    default void forgotten() {}

    /**
     * What of this listener's own configuration cannot work, each in a sentence; may look at files.
     *
     * @param upses that upsmon watches, as in MONITOR
     */
    default List<String> faults(Set<String> upses) {
        return List.of();
    }
}
