package org.cobnut.live;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.cobnut.testkit.Line;

/** Clients that poll now and then, come back when their connection is closed, and count how often it was. */
final class Reconnecting implements AutoCloseable {
    private static final long PAUSE_MILLIS = 50;

    private final int port;
    private final String request;
    private final AtomicInteger lost = new AtomicInteger();
    private final AtomicInteger connected = new AtomicInteger();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean over;

    Reconnecting(int port, int clients, String request) {
        this.port = port;
        this.request = request;
        for (int i = 0; i < clients; i++) {
            var thread = new Thread(this::stay, "client " + i);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    int lost() {
        return lost.get();
    }

    int connected() {
        return connected.get();
    }

    @Override
    public void close() throws InterruptedException {
        over = true;
        for (Thread thread : threads) thread.join(5_000);
    }

    private void stay() {
        while (!over) {
            try (var line = new Line(port)) {
                poll(line);
            } catch (IOException e) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS));
            }
        }
    }

    private void poll(Line line) {
        boolean answered = false;
        try {
            while (!over) {
                String answer = line.ask(request);
                if (answer == null) break;
                if (!answered) connected.incrementAndGet();
                answered = true;
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS));
            }
        } catch (IOException e) {
            // counted below
        }
        if (!over && answered) {
            connected.decrementAndGet();
            lost.incrementAndGet();
        }
    }
}
