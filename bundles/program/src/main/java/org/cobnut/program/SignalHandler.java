package org.cobnut.program;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/**
 * Runs an action for a signal, in place of what the virtual machine would do: its own handling of TERM ends a process with
 * 143 where a service manager expects 0. By reflection, because javac warns of {@code sun.misc.Signal} in a way that cannot
 * be suppressed, though module jdk.unsupported exports it for want of a successor.
 */
public final class SignalHandler {
    private SignalHandler() {}

    /**
     * Runs the action for each of these signals, by their names without SIG, on a thread of the virtual machine.
     *
     * @throws IllegalStateException when this Java has no signals
     */
    public static void handle(Runnable action, String... names) {
        try {
            for (String name : names) handle(name, action);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this Java has no signals", e);
        }
    }

    private static void handle(String name, Runnable action) throws ReflectiveOperationException {
        var signal = Class.forName("sun.misc.Signal");
        var handler = Class.forName("sun.misc.SignalHandler");
        InvocationHandler run = (proxy, method, arguments) -> {
            action.run();
            return null;
        };
        signal.getMethod("handle", signal, handler)
                .invoke(
                        null,
                        signal.getConstructor(String.class).newInstance(name),
                        Proxy.newProxyInstance(SignalHandler.class.getClassLoader(), new Class<?>[] {handler}, run));
    }
}
