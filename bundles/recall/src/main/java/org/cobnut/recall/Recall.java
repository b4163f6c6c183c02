package org.cobnut.recall;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which threads are to come back from the driver they are in. A thread that is called for throws {@link Recalled} at
 * the next turn of a loop and the next entry into a method of that driver, again and again until it is back. What it
 * does outside the driver's own code, in the JDK or in a native call, it does to the end first.
 *
 * <p>Static, for woven code reaches nothing else. Any thread may call any of it; nothing blocks.
 */
public final class Recall {
    private static final Map<Thread, String> WANTED = new ConcurrentHashMap<>();
    /** What the loops look at: as cheap as a field while nobody is called for, which is nearly always. */
    private static volatile boolean any;

    private Recall() {}

    /**
     * Calls for a thread, until {@link #over}.
     *
     * @param reason for the log, in words
     */
    public static void demand(Thread thread, String reason) {
        WANTED.put(thread, reason);
        any = true;
    }

    /** Says that a thread is back. Nothing happens when nobody called for it. */
    public static void over(Thread thread) {
        if (!any) return;
        WANTED.remove(thread);
        any = !WANTED.isEmpty();
        if (!WANTED.isEmpty()) any = true; // somebody else was called for between the two
    }

    /**
     * Called by woven code, and of no use to anybody else.
     *
     * @throws Recalled when this thread is to come back
     */
    public static void check() {
        if (any) obey();
    }

    private static void obey() {
        String reason = WANTED.get(Thread.currentThread());
        if (reason != null) throw new Recalled(reason);
    }
}
