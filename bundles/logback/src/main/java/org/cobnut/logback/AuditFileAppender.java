package org.cobnut.logback;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the lines of the audit to a file of bounded size that no other account can read and that is never reached over
 * a link. The caller does not wait for the disk. A line that cannot be written is reported in the ordinary log, once.
 */
public final class AuditFileAppender extends AppenderBase<ILoggingEvent> {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX");
    private static final String END = "";
    private static final int MOST_WAITING = 4096;
    private static final long PATIENCE_MILLIS = 2000;

    private final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final AtomicInteger lost = new AtomicInteger();
    private String path = "";
    private volatile boolean failing;
    private volatile @Nullable Thread writer;

    /** Takes the path from the configuration; with an empty one nothing is kept. */
    public void setFile(String path) {
        this.path = path.strip();
    }

    @Override
    public void start() {
        super.start();
        if (path.isEmpty()) return;
        var file = new AuditFile(Path.of(path));
        var thread = new Thread(() -> write(file), "audit");
        thread.setDaemon(true);
        writer = thread;
        thread.start();
    }

    @Override
    public void stop() {
        super.stop();
        Thread thread = writer;
        if (thread == null) return;
        waiting.offer(END); // if there is no room, the end is seen when all is written
        try {
            thread.join(PATIENCE_MILLIS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (writer == null) return;
        String time = TIME.format(Instant.ofEpochMilli(event.getTimeStamp()).atZone(ZoneId.systemDefault()));
        if (!waiting.offer(time + ' ' + event.getFormattedMessage())) lost.incrementAndGet();
    }

    private void write(AuditFile file) {
        try (file) {
            while (true) {
                String line = waiting.poll(1, TimeUnit.SECONDS);
                if (line != null && !line.isEmpty()) write(file, line);
                else if (!isStarted()) return;
            }
        } catch (InterruptedException over) {
            // It is never interrupted; it is a daemon thread.
            Thread.currentThread().interrupt();
        }
    }

    private void write(AuditFile file, String line) {
        try {
            int gone = lost.getAndSet(0);
            if (gone > 0) file.write("(" + gone + " lines are missing here, for the disk was too slow)");
            file.write(line);
            failing = false;
        } catch (java.io.IOException | RuntimeException failed) {
            if (!failing)
                log().warn(
                                "The audit is not kept: {}; mend that, or name another file in etc/logback.xml",
                                failed.getMessage());
            failing = true;
        }
    }

    private static Logger log() {
        return LoggerFactory.getLogger(AuditFileAppender.class);
    }
}
