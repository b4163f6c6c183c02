package org.cobnut.launcher.process;

import java.io.PrintStream;
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

    /** Watches from now on; {@code serving} tells whether no stop was requested yet. */
    public static void over(String program, BooleanSupplier serving, PrintStream err) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            if (!serving.getAsBoolean()) return;
            err.printf("%s: ended from inside, by %s; it exits with %d%n", program, culprit(), FAILURE);
            err.flush();
            Runtime.getRuntime().halt(FAILURE);
        }));
    }

    /** The class that called for the end, as far as its thread's stack tells. */
    private static String culprit() {
        for (Map.Entry<Thread, StackTraceElement[]> each :
                Thread.getAllStackTraces().entrySet()) {
            StackTraceElement[] stack = each.getValue();
            boolean exits =
                    Arrays.stream(stack).anyMatch(frame -> frame.getClassName().equals("java.lang.Shutdown"));
            if (exits)
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
