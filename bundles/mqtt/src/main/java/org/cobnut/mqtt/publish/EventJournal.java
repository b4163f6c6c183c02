package org.cobnut.mqtt.publish;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps events in a file until the broker has acknowledged them, in their order and over restarts; only what is read at a
 * time is in memory. When the file would exceed its limit, what is no alarm goes first, then the oldest alarms. An event may
 * be read twice, after a restart. One thread.
 */
final class EventJournal implements Closeable {
    private static final int CHUNK = 64 * 1024;
    private static final int AT_ONCE = 1000;
    private static final byte END = '\n';

    private final Path file;
    private final long limit;
    private @Nullable FileChannel channel;
    private long size;
    private long readTo;
    private long acknowledgedTo;
    private long dropped;
    private int generation;

    private interface Visitor {
        void visit(DeviceEvent event) throws IOException;
    }

    /**
     * An event of the file.
     *
     * @param end what {@link #acknowledged} takes
     */
    record Entry(long end, DeviceEvent event) {}

    EventJournal(Path file, long limit) {
        this.file = file;
        this.limit = limit;
    }

    /** Events that had no room since the last call of this. */
    long takeDropped() {
        long all = dropped;
        dropped = 0;
        return all;
    }

    /** Another number after each time that the file was written anew: what was read before must be read again. */
    int generation() {
        return generation;
    }

    /** Whether there is nothing that waits to be read. */
    boolean drained() {
        return readTo >= size;
    }

    /** Adds events, and returns when they are on the disk. */
    void append(List<DeviceEvent> events) throws IOException {
        FileChannel open = open();
        var lines = new ByteArrayOutputStream();
        for (DeviceEvent event : events) lines.writeBytes(line(event));
        if (size + lines.size() > limit) {
            compact(limit - lines.size());
            open = open();
        }
        var buffer = ByteBuffer.wrap(lines.toByteArray());
        while (buffer.hasRemaining()) open.write(buffer, size + buffer.position());
        open.force(false);
        size += lines.size();
    }

    /** The next events, and nothing when there are none. */
    List<Entry> read(int most) throws IOException {
        FileChannel open = open();
        var entries = new ArrayList<Entry>();
        while (entries.size() < most && readTo < size) {
            byte[] chunk = chunk(open, readTo);
            long before = readTo;
            int start = 0;
            for (int i = 0; i < chunk.length && entries.size() < most; i++) {
                if (chunk[i] != END) continue;
                String text = new String(chunk, start, i - start, StandardCharsets.UTF_8);
                start = i + 1;
                readTo = before + start;
                event(text).ifPresent(event -> entries.add(new Entry(readTo, event)));
            }
            if (readTo == before) readTo = Math.min(size, before + CHUNK); // damaged: no line is that long
        }
        return entries;
    }

    /** Forgets all events up to this one; the file is emptied when that is all. */
    void acknowledged(long end) throws IOException {
        acknowledgedTo = Math.max(acknowledgedTo, end);
        if (acknowledgedTo < size) return;
        open().truncate(0);
        size = 0;
        readTo = 0;
        acknowledgedTo = 0;
    }

    /** Reads what was not acknowledged once more. */
    void rewind() {
        readTo = acknowledgedTo;
    }

    @Override
    public void close() throws IOException {
        FileChannel open = channel;
        channel = null;
        if (open != null) open.close();
    }

    private FileChannel open() throws IOException {
        FileChannel open = channel;
        if (open != null) return open;
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            String owner = Files.getOwner(file, LinkOption.NOFOLLOW_LINKS).getName();
            if (!owner.equals(System.getProperty("user.name")) || Files.isSymbolicLink(file))
                throw new IOException(file + " belongs to " + owner + "; delete it");
        }
        open = create(file, StandardOpenOption.CREATE);
        channel = open;
        size = open.size();
        while (size > 0 && !endsLine(open)) size--; // a line that a crash left unfinished
        open.truncate(size);
        readTo = 0;
        acknowledgedTo = 0;
        return open;
    }

    private static FileChannel create(Path path, StandardOpenOption how) throws IOException {
        return FileChannel.open(
                path,
                Set.of(how, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    private boolean endsLine(FileChannel open) throws IOException {
        var last = ByteBuffer.allocate(1);
        open.read(last, size - 1);
        return last.get(0) == END;
    }

    /** Makes the file shorter than this: with alarms alone, and if that is not enough, without the oldest. */
    private void compact(long target) throws IOException {
        rewind();
        long[] alarms = {0};
        forEach(event -> {
            if (event.alarm()) alarms[0] += line(event).length;
        });
        // A quarter is made free, so that this is rare.
        long[] excess = {Math.max(0, alarms[0] - Math.min(target, limit / 4 * 3))};
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh); // a link, too, which is not followed
        try (FileChannel out = create(fresh, StandardOpenOption.CREATE_NEW)) {
            rewind();
            var kept = new ByteArrayOutputStream();
            forEach(event -> {
                byte[] line = line(event);
                if (!event.alarm() || excess[0] > 0) {
                    if (event.alarm()) excess[0] -= line.length;
                    dropped++;
                    return;
                }
                kept.writeBytes(line);
                if (kept.size() >= CHUNK) write(out, kept);
            });
            write(out, kept);
            out.force(true);
        }
        close();
        generation++;
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        open();
    }

    private static void write(FileChannel out, ByteArrayOutputStream lines) throws IOException {
        var buffer = ByteBuffer.wrap(lines.toByteArray());
        while (buffer.hasRemaining()) out.write(buffer);
        lines.reset();
    }

    private void forEach(Visitor visitor) throws IOException {
        for (List<Entry> some = read(AT_ONCE); !some.isEmpty(); some = read(AT_ONCE))
            for (Entry entry : some) visitor.visit(entry.event());
    }

    private static byte[] chunk(FileChannel open, long from) throws IOException {
        var chunk = ByteBuffer.allocate(CHUNK);
        while (chunk.hasRemaining() && open.read(chunk, from + chunk.position()) > 0) {
            // reads on
        }
        byte[] bytes = new byte[chunk.flip().remaining()];
        chunk.get(bytes);
        return bytes;
    }

    private static byte[] line(DeviceEvent event) {
        return ((event.alarm() ? "A " : "N ") + event.level().replace(' ', '\t') + ' ' + event.json() + '\n')
                .getBytes(StandardCharsets.UTF_8);
    }

    private static Optional<DeviceEvent> event(String line) {
        String[] parts = line.split(" ", 3);
        return parts.length < 3 || !parts[2].startsWith("{")
                ? Optional.empty()
                : Optional.of(new DeviceEvent(parts[1].replace('\t', ' '), parts[0].equals("A"), parts[2]));
    }
}
