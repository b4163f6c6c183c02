package org.cobnut.cli.terminal;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.cobnut.program.SignalHandler;

/** Queues the signals that a program waits for. */
public final class Signals {
    private final BlockingQueue<String> arrived = new LinkedBlockingQueue<>();

    /** Takes these signals, by their names without SIG, from the virtual machine. */
    public static Signals of(String... names) {
        var signals = new Signals();
        for (String name : names) SignalHandler.handle(() -> signals.raise(name), name);
        return signals;
    }

    /** Waits for a signal until a moment of {@link System#nanoTime}; its name, or an empty text when none came. */
    public String await(long deadline) {
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
}
