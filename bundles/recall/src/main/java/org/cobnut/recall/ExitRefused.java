package org.cobnut.recall;

/**
 * Ends the call of a driver that tries to end the process. It is an error, because drivers catch exceptions in their
 * loops.
 */
public final class ExitRefused extends Error {
    private static final long serialVersionUID = 1;

    ExitRefused(String who) {
        super(who + " tried to end the whole process");
    }
}
