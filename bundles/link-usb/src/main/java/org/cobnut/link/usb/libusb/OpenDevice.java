package org.cobnut.link.usb.libusb;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.cobnut.link.NoAnswerException;
import org.cobnut.link.usb.StallException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.usb4java.DeviceHandle;
import org.usb4java.LibUsb;
import org.usb4java.Transfer;
import org.usb4java.TransferCallback;

/**
 * An open device. All transfers are asynchronous ones that the thread of the {@link LibUsbContext} completes, so that each can be
 * ended by an interrupt, by {@link #close} and by {@link #lose}. Any thread, but one at a time for transfers.
 */
final class OpenDevice implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(OpenDevice.class);
    private static final int SETUP = LibUsb.CONTROL_SETUP_SIZE;
    /** Longer than libusb and the kernel need to end a transfer; past it, the transfer is given up. */
    private static final Duration END = Duration.ofSeconds(2);

    private final String name;
    private final DeviceHandle handle;
    private final Set<Transfer> pending = new HashSet<>();
    /** Calls under way that are no transfers. */
    private int calls;

    private int claimed = -1;
    private boolean closed;
    private boolean lost;
    private @Nullable ByteBuffer spare;

    /** A transfer that was told to end, and by what. */
    private enum Ended {
        DONE,
        LATE,
        INTERRUPTED
    }

    OpenDevice(String name, DeviceHandle handle) {
        this.name = name;
        this.handle = handle;
        LibUsb.setAutoDetachKernelDriver(handle, true);
    }

    /** Claims an interface; the kernel's driver of it comes back at {@link #close}. Returns a code of libusb. */
    int claim(int number) throws IOException {
        return call(() -> {
            int code = LibUsb.claimInterface(handle, number);
            if (code == LibUsb.SUCCESS) claimed = number;
            return code;
        });
    }

    /** Runs something with the handle, which stays open meanwhile; its result is a code of libusb. */
    int call(HandleCall run) throws IOException {
        return call(() -> run.run(handle));
    }

    /** Something that is done with an open handle. */
    interface HandleCall {
        int run(DeviceHandle open);
    }

    private int call(IntSupplier run) throws IOException {
        synchronized (this) {
            refuseWhenGone();
            calls++;
        }
        try {
            int code = run.getAsInt();
            if (code == LibUsb.ERROR_NO_DEVICE) lose();
            return code;
        } finally {
            synchronized (this) {
                calls--;
                notifyAll();
            }
        }
    }

    /** Asks on endpoint 0. */
    byte[] controlIn(int requestType, int request, int value, int index, int length, Duration wait, String what)
            throws IOException {
        ByteBuffer buffer = setup(requestType, request, value, index, length);
        int count = run(this::control, buffer, wait, what);
        return bytes(buffer, SETUP, Math.min(count, length));
    }

    /** Sends on endpoint 0. */
    void controlOut(int requestType, int request, int value, int index, byte[] data, Duration wait, String what)
            throws IOException {
        ByteBuffer buffer = setup(requestType, request, value, index, data.length);
        buffer.put(SETUP, data);
        run(this::control, buffer, wait, what);
    }

    /**
     * Waits for data on an endpoint.
     *
     * @param room bytes to ask for, a multiple of the packet size
     * @param length bytes to take of them at most
     */
    byte[] in(int endpoint, boolean bulk, int room, int length, Duration wait, String what) throws IOException {
        ByteBuffer buffer = buffer(room);
        int count = run(endpoint(endpoint, bulk), buffer, wait, what);
        return bytes(buffer, 0, Math.min(count, length));
    }

    /** Sends data on an endpoint. */
    void out(int endpoint, boolean bulk, byte[] data, Duration wait, String what) throws IOException {
        ByteBuffer buffer = buffer(data.length);
        buffer.put(0, data);
        run(endpoint(endpoint, bulk), buffer, wait, what);
    }

    /** Makes a transfer for an interrupt endpoint, to be submitted. */
    Transfer interrupt(int endpoint, ByteBuffer buffer, TransferCallback callback) {
        Transfer transfer = LibUsb.allocTransfer();
        LibUsb.fillInterruptTransfer(transfer, handle, (byte) endpoint, buffer, callback, null, 0);
        return transfer;
    }

    /** Submits a transfer of the caller's, whose callback calls {@link #completed}. Returns a code of libusb. */
    synchronized int submit(Transfer transfer) {
        if (closed || lost) return LibUsb.ERROR_NO_DEVICE;
        int code = LibUsb.submitTransfer(transfer);
        if (code == LibUsb.SUCCESS) pending.add(transfer);
        return code;
    }

    /** A transfer of the caller's has come back. */
    synchronized void completed(Transfer transfer) {
        pending.remove(transfer);
        notifyAll();
    }

    /** The device is gone: whoever waits is told, and every later call. */
    synchronized void lose() {
        if (lost) return;
        lost = true;
        pending.forEach(LibUsb::cancelTransfer);
    }

    /** Whether it is lost or closed. */
    synchronized boolean gone() {
        return lost || closed;
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) return;
            closed = true;
            pending.forEach(LibUsb::cancelTransfer);
            if (!quiet()) {
                log.error("{}: a transfer does not end, so that the device stays open until this program ends", name);
                return;
            }
        }
        if (claimed >= 0) LibUsb.releaseInterface(handle, claimed);
        LibUsb.close(handle);
    }

    /** Waits until nothing uses the handle. */
    private boolean quiet() {
        long deadline = System.nanoTime() + END.toNanos();
        boolean interrupted = false;
        while (!pending.isEmpty() || calls > 0) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) break;
            try {
                wait(left);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
        return pending.isEmpty() && calls == 0;
    }

    /** Makes a transfer complete, but for its end. */
    private interface Filling {
        void fill(Transfer transfer, ByteBuffer buffer, TransferCallback callback);
    }

    private void control(Transfer transfer, ByteBuffer buffer, TransferCallback callback) {
        LibUsb.fillControlTransfer(transfer, handle, buffer, callback, null, 0);
    }

    private Filling endpoint(int endpoint, boolean bulk) {
        return (transfer, buffer, callback) -> {
            if (bulk) LibUsb.fillBulkTransfer(transfer, handle, (byte) endpoint, buffer, callback, null, 0);
            else LibUsb.fillInterruptTransfer(transfer, handle, (byte) endpoint, buffer, callback, null, 0);
        };
    }

    /** Runs a transfer to its end, and returns how many bytes it carried. */
    private int run(Filling filling, ByteBuffer buffer, Duration wait, String what) throws IOException {
        var done = new CountDownLatch(1);
        Transfer transfer;
        int code;
        synchronized (this) { // an open handle stays open here
            refuseWhenGone();
            transfer = LibUsb.allocTransfer();
            filling.fill(transfer, buffer, ended -> done.countDown());
            code = submit(transfer);
        }
        if (code != LibUsb.SUCCESS) {
            LibUsb.freeTransfer(transfer);
            if (code == LibUsb.ERROR_NO_DEVICE) lose();
            refuseWhenGone();
            throw new IOException("%s: %s cannot be sent (%s)".formatted(name, what, LibUsb.errorName(code)));
        }
        Ended ended = await(done, wait);
        if (ended != Ended.DONE) {
            LibUsb.cancelTransfer(transfer);
            if (!awaitEnd(done)) {
                spare = null;
                lose();
                throw new IOException(name + ": " + what + " cannot be ended");
            }
        }
        int status = transfer.status();
        int count = transfer.actualLength();
        completed(transfer);
        LibUsb.freeTransfer(transfer);
        if (ended == Ended.INTERRUPTED) throw new InterruptedIOException(name + ": interrupted");
        return result(status, count, buffer, wait, what);
    }

    private int result(int status, int count, ByteBuffer buffer, Duration wait, String what) throws IOException {
        switch (status) {
            case LibUsb.TRANSFER_COMPLETED -> {
                return count;
            }
            case LibUsb.TRANSFER_STALL -> throw new StallException(what);
            case LibUsb.TRANSFER_NO_DEVICE -> lose();
            default -> {
                // Cancelled, or failed on the wire.
            }
        }
        refuseWhenGone();
        if (status == LibUsb.TRANSFER_CANCELLED || status == LibUsb.TRANSFER_TIMED_OUT)
            throw new NoAnswerException(bytes(buffer, 0, Math.min(count, buffer.capacity())), wait);
        throw new IOException(name + ": " + what + " failed on the wire"
                + (status == LibUsb.TRANSFER_OVERFLOW ? ": more came than was asked for" : ""));
    }

    private static Ended await(CountDownLatch done, Duration wait) {
        try {
            return done.await(wait.toNanos(), TimeUnit.NANOSECONDS) ? Ended.DONE : Ended.LATE;
        } catch (InterruptedException e) {
            return Ended.INTERRUPTED;
        }
    }

    private static boolean awaitEnd(CountDownLatch done) {
        boolean interrupted = false;
        long deadline = System.nanoTime() + END.toNanos();
        try {
            while (true) {
                try {
                    return done.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) Thread.currentThread().interrupt();
        }
    }

    private synchronized void refuseWhenGone() throws IOException {
        if (closed) throw new IOException(name + ": is closed");
        if (lost) throw new IOException(name + ": was unplugged");
    }

    private ByteBuffer setup(int requestType, int request, int value, int index, int length) {
        ByteBuffer buffer = buffer(SETUP + length);
        LibUsb.fillControlSetup(
                buffer, (byte) requestType, (byte) request, (short) value, (short) index, (short) length);
        return buffer;
    }

    /** Memory for one transfer; the same one for all of that size, for one follows the other. */
    private ByteBuffer buffer(int size) {
        ByteBuffer last = spare;
        if (last != null && last.capacity() == size) return last.clear();
        ByteBuffer fresh = ByteBuffer.allocateDirect(size);
        spare = fresh;
        return fresh;
    }

    private static byte[] bytes(ByteBuffer buffer, int from, int count) {
        var bytes = new byte[Math.max(0, Math.min(count, buffer.capacity() - from))];
        buffer.get(from, bytes);
        return bytes;
    }
}
