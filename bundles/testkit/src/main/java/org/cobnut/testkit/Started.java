package org.cobnut.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A process whose output is read all along, so that it never waits for us. Closing it ends it by force. */
public final class Started implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final Thread reader;
    private final List<String> lines = new ArrayList<>();
    private boolean ended;

    public Started(Process process) {
        this.process = process;
        reader = new Thread(this::read, "output of " + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    public Process process() {
        return process;
    }

    /** Waits until it has said such a line. */
    public synchronized String awaitLine(Predicate<String> wanted) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            var found = lines.stream().filter(wanted).findFirst();
            if (found.isPresent()) {
                return found.get();
            }
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            assertThat(!ended && left > 0)
                    .as("the line has not come; what came:\n%s", String.join("\n", lines))
                    .isTrue();
            wait(left);
        }
    }

    /** Waits for the end and gives all that it said. */
    public List<String> awaitEnd() throws InterruptedException {
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as("has ended")
                .isTrue();
        reader.join(PATIENCE.toMillis());
        return said();
    }

    public synchronized List<String> said() {
        return List.copyOf(lines);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private void read() {
        try (BufferedReader output = process.inputReader()) {
            for (var line = output.readLine(); line != null; line = output.readLine()) {
                synchronized (this) {
                    lines.add(line);
                    notifyAll();
                }
            }
        } catch (IOException e) {
            if (process.isAlive()) throw new UncheckedIOException(e); // else it was ended by force
        } finally {
            synchronized (this) {
                ended = true;
                notifyAll();
            }
        }
    }
}
