package org.cobnut.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The signals that a program waits for. By reflection, because javac warns of {@code sun.misc.Signal} in a way that
 * cannot be suppressed, though module jdk.unsupported exports it for want of a successor.
 */
final class Signals {
    private final BlockingQueue<String> arrived = new LinkedBlockingQueue<>();

    /** Takes these signals, by their names without SIG, from the virtual machine. */
    static Signals of(String... names) {
        var signals = new Signals();
        try {
            for (String name : names) signals.take(name);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this Java has no signals", e);
        }
        return signals;
    }

    /** Waits for a signal until a moment of {@link System#nanoTime}; its name, or an empty text when none came. */
    String await(long deadline) {
        try {
            String name = arrived.poll(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            return name == null ? "" : name;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "TERM";
        }
    }

    /** As if a signal had come. */
    void raise(String name) {
        arrived.add(name);
    }

    private void take(String name) throws ReflectiveOperationException {
        var signal = Class.forName("sun.misc.Signal");
        var handler = Class.forName("sun.misc.SignalHandler");
        InvocationHandler run = (proxy, method, arguments) -> {
            arrived.add(name);
            return null;
        };
        signal.getMethod("handle", signal, handler)
                .invoke(
                        null,
                        signal.getConstructor(String.class).newInstance(name),
                        Proxy.newProxyInstance(Signals.class.getClassLoader(), new Class<?>[] {handler}, run));
    }
}
