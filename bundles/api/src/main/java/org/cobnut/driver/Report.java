package org.cobnut.driver;

import java.time.Duration;
import org.cobnut.model.VarType;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What a poll found. Status words and alarms begin empty at every poll; variables and commands stay as the last poll
 * left them until they are set again or removed, so that what never changes need be read only once. A poll that throws
 * leaves no trace. Used by the polling thread only.
 */
@ProviderType
public interface Report {
    /** Adds a word to ups.status, such as "OL"; a word twice counts once. */
    void status(String word);

    /** Adds a sentence to ups.alarm, and with it the word ALARM in front of ups.status. */
    void alarm(String sentence);

    /**
     * States a variable and keeps its type, or makes it read-only when it is new. "ups.status" so
     * stated replaces the words that this poll has said by {@link #status}; "ups.alarm" so stated raises no alarm.
     */
    void set(String name, String value);

    /** States a variable and its type. */
    void set(String name, String value, VarType type);

    /** Withdraws a variable; nothing when there is none. */
    void remove(String name);

    /** Offers an instant command. */
    void command(String name);

    /** Withdraws an instant command; nothing when it was not offered. */
    void removeCommand(String name);

    /** Says that the driver works but the values are no longer true; they stay readable to people only. */
    void stale(String reason);

    /** Asks for the next poll after so long instead of the configured interval; the shortest wish of a poll counts. */
    void again(Duration delay);
}
