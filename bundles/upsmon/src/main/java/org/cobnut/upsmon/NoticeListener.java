package org.cobnut.upsmon;

import java.util.List;
import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Receives every notice of upsmon, whatever its NOTIFYFLAG, as a whiteboard service. Calls come in the order of the
 * notices, on one thread that nothing else depends on, least of all a shutdown; a listener that blocks delays only
 * other listeners.
 *
 * <p>A listener with the property {@link #NOTIFYCMD} replaces the program of that name: when NOTIFYCMD names it, the
 * listener receives the notices with the flag EXEC, and no others, and the program is not run.
 */
@FunctionalInterface
@ConsumerType
public interface NoticeListener {
    /** The service property with the name of the program that the listener replaces, without its directory. */
    String NOTIFYCMD = "notifycmd";

    /** Called for each notice. */
    void noticed(Notice notice);

    /**
     * Called with the status of a UPS when it answers for the first time since the start, or since {@link #forgotten},
     * after the notices of that answer. A listener that comes later is called for all UPSes that have answered.
     *
     * @param status the words of ups.status that upsmon knows
     */
    default void answered(String ups, Set<String> status) {}

    /** Called when earlier readings do not count any more, because the machine slept or stood still. */
    default void forgotten() {}

    /**
     * The faults of the configuration of this listener, each in a sentence; may look at files.
     *
     * @param upses the names in MONITOR
     */
    default List<String> faults(Set<String> upses) {
        return List.of();
    }
}
