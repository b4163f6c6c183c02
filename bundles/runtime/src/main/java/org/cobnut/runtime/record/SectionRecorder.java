package org.cobnut.runtime.record;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.cobnut.device.DeviceRecorder;
import org.cobnut.driver.Settings;
import org.cobnut.link.Link;
import org.cobnut.runtime.link.SessionLinks;
import org.cobnut.wire.ErrorText;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records the device of one section: while its option {@code record} says so, or while somebody asks for it. Whatever
 * becomes of the file, the device goes on. Any thread.
 */
public final class SectionRecorder implements DeviceRecorder, SessionLinks.Tap, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SectionRecorder.class);

    private static final int PATIENCE_SECONDS = 5;

    private final String ups;
    private final Path base;
    private final LinkRecorders recorders;
    private final Reopener reopener;
    private @Nullable DeviceRecording current;
    private @Nullable DeviceRecording last;
    private Optional<String> configured = Optional.empty();

    /** Opens a device anew. */
    public interface Reopener {
        /** @throws IOException when this process does not run the device; one sentence for the operator */
        void reopen() throws IOException;
    }

    /**
     * A recorder that does not record yet.
     *
     * @param base where relative names of files lead
     */
    public SectionRecorder(String ups, Path base, LinkRecorders recorders, Reopener reopener) {
        this.ups = ups;
        this.base = base;
        this.recorders = recorders;
        this.reopener = reopener;
    }

    /** Takes the option {@code record} of the section; the caller opens the device anew when it has changed. */
    public synchronized void configure(Optional<String> file) {
        if (file.equals(configured)) return;
        configured = file;
        stop();
        if (file.isEmpty()) return;
        try {
            DeviceRecording next = DeviceRecording.into(base.resolve(file.get()), ups, recorders);
            next.opened().whenComplete((path, fault) -> {
                if (fault != null) log.error("UPS [{}]: option 'record': nothing is recorded: {}", ups, reason(fault));
            });
            current = next;
        } catch (InvalidPathException fault) {
            log.error("UPS [{}]: option 'record': '{}' is no name of a file", ups, file.get());
        }
    }

    @Override
    public Path record(Path file) throws IOException {
        DeviceRecording next = begun(file);
        synchronized (this) {
            stop();
            current = next;
        }
        boolean opened = false;
        try {
            reopener.reopen();
            opened = true;
        } finally {
            if (!opened) stop();
        }
        log.info("UPS [{}]: is recorded into {}", ups, next.file());
        return next.file();
    }

    @Override
    public synchronized Optional<Path> stop() {
        Optional<Path> file = Optional.ofNullable(current).map(DeviceRecording::file);
        if (current != null) current.close();
        last = current;
        current = null;
        return file;
    }

    /** Waits until what was recorded last is written; false when that takes longer. */
    boolean await(long millis) throws InterruptedException {
        DeviceRecording written;
        synchronized (this) {
            written = last;
        }
        return written == null || written.await(millis);
    }

    /** A session is opened with these settings. */
    public void opening(String driver, Settings settings) {
        DeviceRecording recording = recording();
        if (recording != null) recording.opening(driver, settings);
    }

    @Override
    public Link tap(Class<? extends Link> kind, String port, Link link) {
        DeviceRecording recording = recording();
        return recording == null ? link : recording.tap(kind, port, link);
    }

    @Override
    public void close() {
        stop();
    }

    private DeviceRecording begun(Path file) throws IOException {
        DeviceRecording next = DeviceRecording.into(base.resolve(file), ups, recorders);
        try {
            next.opened().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return next;
        } catch (ExecutionException fault) {
            throw new IOException(reason(fault.getCause() == null ? fault : fault.getCause()), fault);
        } catch (TimeoutException fault) {
            next.close();
            throw new IOException(
                    next.file() + " is not opened within " + PATIENCE_SECONDS + " s; its disk hangs", fault);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted before " + next.file() + " was opened", stopped);
        }
    }

    private synchronized @Nullable DeviceRecording recording() {
        return current;
    }

    private static String reason(Throwable fault) {
        if (fault instanceof NoSuchFileException) return "there is no folder for " + fault.getMessage();
        return ErrorText.withFile(fault);
    }
}
