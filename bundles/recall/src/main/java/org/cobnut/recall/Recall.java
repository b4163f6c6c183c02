package org.cobnut.recall;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.FrameworkUtil;

/**
 * Lists the threads that must return from the driver they are in. Such a thread throws {@link Recalled} at the next
 * turn of a loop and the next entry into a method of that driver, again and again until it has returned. Code outside
 * the driver, in the JDK or in a native call, runs to its end first, and so does a
 * static initialiser.
 *
 * <p>Static, because woven code reaches nothing else. Thread-safe; never blocks.
 */
public final class Recall {
    private static final Map<Thread, String> WANTED = new ConcurrentHashMap<>();
    /** Read by every loop: as cheap as a field while no thread is called back, which is nearly always. */
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

    /** Records that a thread is back. Does nothing for a thread that was not called back. */
    public static void over(Thread thread) {
        if (!any) return;
        WANTED.remove(thread);
        any = !WANTED.isEmpty();
        if (!WANTED.isEmpty()) any = true; // another thread was called back between the two
    }

    /**
     * Called by woven code only.
     *
     * @throws Recalled when this thread is to come back
     */
    public static void check() {
        if (any) obey();
    }

    /**
     * Called by woven code in place of {@link System#exit}: all devices share the process.
     *
     * @throws ExitRefused always
     */
    public static void exit(int code) {
        var caller = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
                .walk(frames -> frames.map(StackWalker.StackFrame::getDeclaringClass)
                        .filter(type -> type != Recall.class)
                        .findFirst());
        var bundle = caller.map(FrameworkUtil::getBundle);
        throw new ExitRefused(
                bundle.isPresent() ? "bundle " + bundle.get().getSymbolicName() : String.valueOf(caller.orElse(null)));
    }

    /** The same in the place of {@link Runtime#exit} and {@link Runtime#halt}. */
    public static void exit(Runtime process, int code) {
        exit(code);
    }

    private static void obey() {
        String reason = WANTED.get(Thread.currentThread());
        if (reason != null && !initialisesAClass()) throw new Recalled(reason);
    }

    /**
     * Whether this thread is in a static initialiser, at any depth: an error that leaves one makes its class useless for
     * good, for every device. It is looked for only while this thread is called for.
     */
    private static boolean initialisesAClass() {
        return StackWalker.getInstance()
                .walk(frames -> frames.anyMatch(frame -> frame.getMethodName().equals("<clinit>")));
    }
}
