package org.cobnut.link.usb.libusb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.usb4java.LibUsb;
import org.usb4java.Transfer;

/** Listens to an interrupt endpoint as long as the device is open, and keeps what came until it is taken. Any thread. */
final class InputReports {
    private static final Logger log = LoggerFactory.getLogger(InputReports.class);
    private static final int MOST = 256;
    /** After a failure the endpoint is asked again so much later, for a broken one would fail at once, and for ever. */
    private static final long PAUSE_MILLIS = 1000;

    private final OpenDevice device;
    private final int endpoint;
    private final int limit;
    private final Runnable wake;
    private final ScheduledExecutorService worker;
    private final Deque<byte[]> reports = new ArrayDeque<>();
    private final ByteBuffer buffer;
    private final Transfer transfer;
    private boolean lost;
    private boolean told;

    /**
     * An endpoint that is not asked yet.
     *
     * @param room bytes to ask for, a multiple of the packet size
     * @param limit bytes of a report to keep at most
     * @param wake called for each report and when the device is lost
     */
    InputReports(OpenDevice device, int endpoint, int room, int limit, Runnable wake, ScheduledExecutorService worker) {
        this.device = device;
        this.endpoint = endpoint;
        this.limit = limit;
        this.wake = wake;
        this.worker = worker;
        buffer = ByteBuffer.allocateDirect(room);
        transfer = device.interrupt(endpoint, buffer, this::completed);
    }

    /** Asks for the first report. */
    void listen() {
        int code = device.submit(transfer);
        if (code != LibUsb.SUCCESS) {
            lose();
            LibUsb.freeTransfer(transfer);
        }
    }

    /** The next report; an IOException when there is none and none will come. */
    synchronized Optional<byte[]> next() throws IOException {
        byte[] report = reports.poll();
        if (report == null && (lost || device.gone())) throw new IOException("the device was unplugged");
        return Optional.ofNullable(report);
    }

    /** On the thread of the context. */
    private void completed(Transfer ended) {
        int status = ended.status();
        if (status == LibUsb.TRANSFER_COMPLETED) {
            keep(ended.actualLength());
            device.completed(ended);
            listen();
            return;
        }
        device.completed(ended);
        if (device.gone() || status == LibUsb.TRANSFER_NO_DEVICE || status == LibUsb.TRANSFER_CANCELLED) {
            if (status == LibUsb.TRANSFER_NO_DEVICE) device.lose();
            lose();
            LibUsb.freeTransfer(ended);
            return;
        }
        if (!told) {
            told = true;
            log.debug("endpoint 0x{} failed with status {}; it is asked again each second", endpoint, status);
        }
        try {
            worker.schedule(() -> again(status), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closing) {
            LibUsb.freeTransfer(ended);
        }
    }

    private void again(int status) {
        try {
            if (status == LibUsb.TRANSFER_STALL) device.call(handle -> LibUsb.clearHalt(handle, (byte) endpoint));
        } catch (IOException gone) {
            log.debug("the device is gone: {}", gone.getMessage());
        }
        listen();
    }

    private void keep(int count) {
        var report = new byte[Math.min(Math.min(count, limit), buffer.capacity())];
        buffer.get(0, report);
        if (report.length == 0) return;
        synchronized (this) {
            if (reports.size() == MOST) reports.poll();
            reports.add(report);
        }
        wake.run();
    }

    private void lose() {
        synchronized (this) {
            if (lost) return;
            lost = true;
        }
        wake.run();
    }
}
