package org.cobnut.upsmon;

import java.util.Set;

/** What the engine wants done, as values; it never waits for any of it. */
sealed interface Effect {
    /**
     * Tell people.
     *
     * @param ups empty when the notice is of this machine
     */
    record Notify(NoticeType type, String ups, String text) implements Effect {}

    /** A UPS answered for the first time, or for the first time since {@link Forgot}; behind the notices of that. */
    record Answered(String ups, Set<Token> status) implements Effect {}

    /** Nothing that was known of any UPS counts any more. */
    record Forgot() implements Effect {}

    /** A line in the log. */
    record Log(String text) implements Effect {}

    /** Tell everybody who is logged in on a terminal. */
    record Wall(String text) implements Effect {}

    /** Latch FSD for a UPS; {@link Reading.FsdSet} tells how that went. */
    record SetFsd(String ups) implements Effect {}

    /** Ask how many are logged in; {@link Reading.Counted} brings the answer. */
    record AskLogins(String ups) implements Effect {}

    /** A primary begins to wait for the others, for so many seconds at most. */
    record WaitForSecondaries(int seconds) implements Effect {}

    /** Look at every UPS at this interval from now on. */
    record PollEvery(int seconds) implements Effect {}

    /** Look at this UPS once more so soon: what it said wants to be confirmed. */
    record PollAgain(String ups, int seconds) implements Effect {}

    /** Write POWERDOWNFLAG. */
    record WriteFlag() implements Effect {}

    /** Run SHUTDOWNCMD; behind {@link WriteFlag}. */
    record Shutdown() implements Effect {}

    /** Take the flag away again. */
    record ClearFlag() implements Effect {}

    /** Ask every UPS anew, and log in again. */
    record WatchAfresh() implements Effect {}

    /** The logins may end now. */
    record Exit() implements Effect {}
}
