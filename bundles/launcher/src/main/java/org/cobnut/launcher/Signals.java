package org.cobnut.launcher;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;

/**
 * The signals that NUT's daemons know. They are taken from the virtual machine, whose own handling of TERM would end
 * with 143 where a service manager expects 0. By reflection, because javac warns of {@code sun.misc.Signal} in a way
 * that cannot be suppressed, though module jdk.unsupported exports it for want of a successor.
 */
final class Signals {
    private Signals() {}

    static void handle(Runnable stop, Runnable reload, Runnable user) {
        try {
            for (var name : List.of("TERM", "INT")) {
                handle(name, stop);
            }
            handle("HUP", reload);
            handle("USR1", user);
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
                        Proxy.newProxyInstance(Signals.class.getClassLoader(), new Class<?>[] {handler}, run));
    }
}
