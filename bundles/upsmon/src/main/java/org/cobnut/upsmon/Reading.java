package org.cobnut.upsmon;

import java.util.List;
import java.util.OptionalInt;

/** What the engine is told of: news of one UPS or of the machine, or only that time has passed. */
sealed interface Reading {
    /**
     * A UPS answered.
     *
     * @param words of ups.status; none is as good as no answer
     * @param alarm ups.alarm, or nothing
     * @param buzzwords the words of ups.mode.buzzwords
     * @param stamp equal for two looks at one and the same report of the driver
     */
    record Answer(String ups, List<String> words, String alarm, List<String> buzzwords, long stamp) implements Reading {
        public Answer {
            words = List.copyOf(words);
            buzzwords = List.copyOf(buzzwords);
        }
    }

    /** A UPS did not answer, or its data are stale. */
    record NoAnswer(String ups, String reason) implements Reading {}

    /**
     * Whether the server counts this machine among those that the UPS supplies.
     *
     * @param reason why it does not; empty when it does
     */
    record Login(String ups, boolean counted, String reason) implements Reading {}

    /** What became of {@link Effect.SetFsd}. */
    record FsdSet(String ups, boolean accepted, String reason) implements Reading {}

    /** The answer to {@link Effect.AskLogins}; nothing when there was none. */
    record Counted(String ups, OptionalInt logins) implements Reading {}

    /** Somebody orders a forced shutdown. */
    record FsdOrder() implements Reading {}

    /** The machine slept while the monotonic clock stood still. */
    record Slept(long nanos) implements Reading {}

    /** The machine is about to sleep; logind says so. */
    record Suspending() implements Reading {}

    /** It slept, or did not come to it. */
    record Resumed() implements Reading {}

    /**
     * SHUTDOWNCMD was tried.
     *
     * @param fault why that failed; empty when it ended well
     */
    record ShutdownTried(String fault) implements Reading {}

    /** Somebody wants UPSes to be watched though SHUTDOWNCMD ended well. */
    record WatchAgain() implements Reading {}

    /** The departure failed for good: SHUTDOWNCMD did not take this machine down. */
    record StayedUp() implements Reading {}

    /** Time has passed; due at least every second. */
    record Tick() implements Reading {}
}
