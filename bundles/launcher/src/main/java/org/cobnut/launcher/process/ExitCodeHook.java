package org.cobnut.launcher.process;

import java.util.Arrays;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Replaces the exit code when code inside the process ends it: the process then exits with a failure, so that a service
 * manager restarts it. Woven drivers cannot end the process ({@code cobnut.recall}); reflection and native code can.
 */
public final class ExitCodeHook {
    private static final int FAILURE = 1;

    private ExitCodeHook() {}

    /**
     * Watches from now on. A signal that came before its handler was there ends the process by Java's own handler, on a
     * thread that may run later than what follows here: it stops the program as any other.
     *
     * @param serving tells whether no stop was requested yet
     * @param stop stops the program, and returns when nothing of it is left
     * @return whether the process goes on; false when it ends already, and nothing may be begun
     */
    public static boolean over(BooleanSupplier serving, Runnable stop, LaunchLog log) {
        var hook = new Thread(() -> {
            if (ends("java.lang.Terminator")) {
                stop.run();
                return;
            }
            if (!serving.getAsBoolean()) return;
            log.error("ended from inside, by %s; it exits with %d".formatted(culprit(), FAILURE));
            Runtime.getRuntime().halt(FAILURE);
        });
        try {
            Runtime.getRuntime().addShutdownHook(hook);
            return true;
        } catch (IllegalStateException ending) {
            return false;
        }
    }

    /** Tells whether code of a class with that name, or of one in it, ends the process. */
    private static boolean ends(String name) {
        return Thread.getAllStackTraces().values().stream()
                .anyMatch(stack -> exits(stack)
                        && Arrays.stream(stack)
                                .anyMatch(frame -> frame.getClassName().startsWith(name)));
    }

    private static boolean exits(StackTraceElement[] stack) {
        return Arrays.stream(stack).anyMatch(frame -> frame.getClassName().equals("java.lang.Shutdown"));
    }

    /** The class that called for the end, as far as its thread's stack tells. */
    private static String culprit() {
        for (Map.Entry<Thread, StackTraceElement[]> each :
                Thread.getAllStackTraces().entrySet()) {
            StackTraceElement[] stack = each.getValue();
            if (exits(stack))
                return Arrays.stream(stack)
                                .map(StackTraceElement::getClassName)
                                .filter(name -> !name.startsWith("java.") && !name.startsWith("jdk."))
                                .findFirst()
                                .orElse("nobody known")
                        + " in thread " + each.getKey().getName();
        }
        return "a signal or nobody known";
    }
}
