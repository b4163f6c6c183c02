package org.cobnut.audit;

/**
 * Names whoever did something.
 *
 * @param user the user's name as it was given, proven or not
 * @param from an address, a file, or the part of this system that was used
 * @param certified whether a certificate proved the name
 */
public record Actor(String user, String from, boolean certified) {
    /** Somebody whom no certificate proves. */
    public Actor(String user, String from) {
        this(user, from, false);
    }
}
