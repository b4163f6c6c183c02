package org.cobnut.live;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.cobnut.testkit.Line;

/** Clients that ask the same thing all the time, each on a connection of its own, and count when it breaks: 1,000 requests a second at most. */
final class Pollers implements AutoCloseable {
    private static final int LEAST_PAUSE_MILLIS = 10;

    private final int pause;
    private final List<Thread> threads = new ArrayList<>();
    private final List<Line> lines = new ArrayList<>();
    private final Map<String, Integer> answers = new TreeMap<>();
    private final AtomicInteger lost = new AtomicInteger();
    private volatile boolean over;

    Pollers(int port, int clients, String request) throws IOException {
        pause = Math.max(LEAST_PAUSE_MILLIS, clients);
        for (int i = 0; i < clients; i++) {
            var line = new Line(port);
            lines.add(line);
            var thread = new Thread(() -> poll(line, request), "poller " + i);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    /** How many connections were closed by the other end. */
    int lost() {
        return lost.get();
    }

    /** What was answered, and how often. */
    synchronized Map<String, Integer> answers() {
        return new TreeMap<>(answers);
    }

    synchronized void forget() {
        answers.clear();
    }

    @Override
    public void close() throws IOException {
        over = true;
        for (Line line : lines) line.close();
    }

    private void poll(Line line, String request) {
        try {
            while (!over) {
                String answer = line.ask(request);
                if (answer == null) break;
                count(answer);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pause));
            }
        } catch (IOException e) {
            // counted as lost, unless we closed it
        }
        if (!over) lost.incrementAndGet();
    }

    private synchronized void count(String answer) {
        answers.merge(answer, 1, Integer::sum);
    }
}
