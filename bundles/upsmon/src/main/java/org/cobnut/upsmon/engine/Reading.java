package org.cobnut.upsmon.engine;

import java.util.List;
import java.util.OptionalInt;

/** An input of the engine: news of one UPS or of the machine, or only that time has passed. */
public sealed interface Reading {
    /**
     * A UPS answered.
     *
     * @param words the words of ups.status; none counts as no answer
     * @param alarm ups.alarm, or nothing
     * @param buzzwords the words of ups.mode.buzzwords
     * @param stamp equal for two polls that read the same report of the driver
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

    /** The result of {@link Effect.SetFsd}. */
    record FsdSet(String ups, boolean accepted, String reason) implements Reading {}

    /** The answer to {@link Effect.AskLogins}; empty when there was none. */
    record LoginsCounted(String ups, OptionalInt logins) implements Reading {}

    /** A forced shutdown was requested. */
    record FsdRequested() implements Reading {}

    /** The machine slept while the monotonic clock stood still. */
    record Slept(long nanos) implements Reading {}

    /** The machine is about to sleep, according to logind. */
    record Suspending() implements Reading {}

    /** The machine is awake again, or did not sleep after all. */
    record Resumed() implements Reading {}

    /**
     * SHUTDOWNCMD has ended.
     *
     * @param fault why it failed; empty when it ended well
     */
    record ShutdownTried(String fault) implements Reading {}

    /** Monitoring was requested again after SHUTDOWNCMD ended well. */
    record ResumeMonitoring() implements Reading {}

    /** SHUTDOWNCMD failed until the last try: this machine stays up. */
    record ShutdownFailed() implements Reading {}

    /** Time has passed; due at least every second. */
    record Tick() implements Reading {}
}
