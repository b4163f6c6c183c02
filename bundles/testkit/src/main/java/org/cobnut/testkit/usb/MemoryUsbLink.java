package org.cobnut.testkit.usb;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.cobnut.link.NoAnswerException;
import org.cobnut.link.usb.StallException;
import org.cobnut.link.usb.UsbEndpoint;
import org.cobnut.link.usb.UsbIdentity;
import org.cobnut.link.usb.UsbLink;

/** Hands transfers to a device of a test without any bus. */
final class MemoryUsbLink implements UsbLink {
    private static final int INTERRUPT = 1;
    private static final int CONTROL = 2;
    private static final int BULK = 3;
    private static final int STALL = 32;
    private static final Duration STRING = Duration.ofSeconds(1);
    /** What a device of a test does not answer by then, it never will: its answers come with the question. */
    private static final Duration SILENCE = Duration.ofMillis(50);

    private static final AtomicInteger IDS = new AtomicInteger();

    private final FakeUsbDevice device;
    private volatile boolean closed;

    MemoryUsbLink(FakeUsbDevice device) {
        this.device = device;
    }

    @Override
    public UsbIdentity identity() {
        return device.identity();
    }

    @Override
    public byte[] deviceDescriptor() {
        return device.descriptor(1, 0, 0);
    }

    @Override
    public byte[] configurationDescriptor() {
        return device.descriptor(2, 0, 0);
    }

    @Override
    public int interfaceNumber() {
        return 0;
    }

    @Override
    public List<UsbEndpoint> endpoints() {
        return device.endpoints(0);
    }

    @Override
    public Optional<String> string(int index) throws IOException {
        if (index == 0) return Optional.empty();
        try {
            byte[] descriptor = stringDescriptor(index, 0x0409, 255, STRING);
            return Optional.of(new String(descriptor, 2, descriptor.length - 2, StandardCharsets.UTF_16LE));
        } catch (StallException | NoAnswerException none) {
            return Optional.empty();
        }
    }

    @Override
    public byte[] controlIn(int requestType, int request, int value, int index, int length, Duration wait)
            throws IOException {
        return transfer(CONTROL, 0, 0, setup(requestType, request, value, index, length, new byte[0]), wait);
    }

    @Override
    public void controlOut(int requestType, int request, int value, int index, byte[] data, Duration wait)
            throws IOException {
        transfer(CONTROL, 0, 0, setup(requestType, request, value, index, data.length, data), wait);
    }

    @Override
    public byte[] interruptIn(int endpoint, int length, Duration wait) throws IOException {
        return transfer(INTERRUPT, endpoint, length, new byte[0], wait);
    }

    @Override
    public void interruptOut(int endpoint, byte[] data, Duration wait) throws IOException {
        transfer(INTERRUPT, endpoint, data.length, data, wait);
    }

    @Override
    public byte[] bulkIn(int endpoint, int length, Duration wait) throws IOException {
        return transfer(BULK, endpoint, length, new byte[0], wait);
    }

    @Override
    public void bulkOut(int endpoint, byte[] data, Duration wait) throws IOException {
        transfer(BULK, endpoint, data.length, data, wait);
    }

    @Override
    public void clearHalt(int endpoint) throws IOException {
        check();
    }

    @Override
    public void reset() throws IOException {
        check();
    }

    @Override
    public void close() {
        closed = true;
    }

    private void check() throws IOException {
        if (closed) throw new IOException("the link to the device is closed");
    }

    private byte[] transfer(int type, int endpoint, int length, byte[] bytes, Duration wait) throws IOException {
        check();
        var end = new CompletableFuture<String>();
        String id = "memory-" + IDS.incrementAndGet();
        var transfer = new UsbTransfer(id, type, endpoint, length, bytes, end::complete);
        device.handle(transfer);
        try {
            return result(
                    transfer,
                    end.get(Math.min(wait.toNanos(), SILENCE.toNanos()), TimeUnit.NANOSECONDS)
                            .split(" "));
        } catch (TimeoutException silent) {
            device.forget(id);
            throw new NoAnswerException(new byte[0], wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("a transfer was interrupted");
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    /** Reads what {@link UsbTransfer} says of its end: the number of errno, then bytes, or "all" that was sent. */
    private static byte[] result(UsbTransfer transfer, String[] words) throws IOException {
        int errno = Integer.parseInt(words[2]);
        if (errno == STALL) throw new StallException(transfer.toString());
        if (errno != 0) throw new IOException("transfer %s failed with errno %d".formatted(transfer, errno));
        boolean data = !words[3].equals("all") && !words[3].equals("-");
        return data ? HexFormat.of().parseHex(words[3]) : new byte[0];
    }

    private static byte[] setup(int requestType, int request, int value, int index, int length, byte[] data) {
        byte[] header = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) requestType)
                .put((byte) request)
                .putShort((short) value)
                .putShort((short) index)
                .putShort((short) length)
                .array();
        byte[] all = Arrays.copyOf(header, header.length + data.length);
        System.arraycopy(data, 0, all, header.length, data.length);
        return all;
    }
}
