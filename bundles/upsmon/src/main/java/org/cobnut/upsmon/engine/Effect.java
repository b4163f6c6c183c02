package org.cobnut.upsmon.engine;

import java.util.Set;
import org.cobnut.upsmon.NoticeType;

/** An action that the engine wants; it never waits for one. */
public sealed interface Effect {
    /**
     * Send a notice.
     *
     * @param ups empty for a notice about this machine
     */
    record Notify(NoticeType type, String ups, String text) implements Effect {}

    /**
     * Report that a UPS answered for the first time, or for the first time since {@link StateReset}; after the notices
     * of that answer.
     */
    record Answered(String ups, Set<StatusToken> status) implements Effect {}

    /** Report that earlier readings do not count any more. */
    record StateReset() implements Effect {}

    /** Write a line to the log. */
    record Log(String text) implements Effect {}

    /** Write to all terminals. */
    record Wall(String text) implements Effect {}

    /** Set FSD for a UPS; {@link Reading.FsdSet} has the result. */
    record SetFsd(String ups) implements Effect {}

    /** Ask how many clients are logged in; {@link Reading.LoginsCounted} has the answer. */
    record AskLogins(String ups) implements Effect {}

    /** Wait for the secondaries, for at most this many seconds. */
    record WaitForSecondaries(int seconds) implements Effect {}

    /** Poll every UPS at this interval from now on. */
    record PollEvery(int seconds) implements Effect {}

    /** Poll this UPS within this time, to confirm its last status. */
    record PollAgain(String ups, int seconds) implements Effect {}

    /** Write POWERDOWNFLAG. */
    record WriteFlag() implements Effect {}

    /** Run SHUTDOWNCMD; after {@link WriteFlag}. */
    record Shutdown() implements Effect {}

    /** Delete POWERDOWNFLAG. */
    record ClearFlag() implements Effect {}

    /** Open every source anew, and log in again. */
    record RestartMonitoring() implements Effect {}

    /** End the logins. */
    record Exit() implements Effect {}
}
