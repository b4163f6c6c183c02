package org.cobnut.proof;

import java.util.List;
import java.util.Set;

/**
 * One conversation, as a file of sessions tells it.
 *
 * @param where file and line, for who looks it up
 * @param differences the names of the differences that it shows; each stands in docs/differences.md
 */
record Session(String name, String where, List<Step> steps, Set<String> differences) {
    Session {
        steps = List.copyOf(steps);
        differences = Set.copyOf(differences);
    }

    /** What happens next. Connections have numbers and open when they are first used. */
    sealed interface Step {}

    /** Writes a text at once, bytes as ISO 8859-1. */
    record Send(int connection, String text) implements Step {}

    /** Reads exactly this: what we answer, and what Debian's server answers. */
    record Expect(int connection, String ours, String debian) implements Step {
        String of(boolean atDebian) {
            return atDebian ? debian : ours;
        }
    }

    /** Asks again and again until this is the answer. */
    record Await(String request, Expect answer) implements Step {}

    /** Waits until the server has read what was sent. */
    record Cut() implements Step {}

    /** Sends no more. */
    record HalfClose(int connection) implements Step {}

    /** Closes from this side. */
    record Close(int connection) implements Step {}

    /** Waits for the server to close. */
    record Closed(int connection, boolean debianToo) implements Step {}
}
