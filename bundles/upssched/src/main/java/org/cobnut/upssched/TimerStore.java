package org.cobnut.upssched;

import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cobnut.wire.ErrorText;

/**
 * Keeps timers in a file, which is replaced as a whole. Its first line names the boot of the machine: timers of another
 * boot are old, and a shutdown by one of them would hit a machine that has just started. Times are those of the uptime.
 */
final class TimerStore {
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
    private static final Path UPTIME = Path.of("/proc/uptime");

    private final Path file;
    private final LongSupplier millis;
    private final Consumer<String> log;
    private List<Timer> kept = List.of();
    private boolean failing;

    /**
     * A store with a file and a clock.
     *
     * @param millis a monotonic clock
     */
    TimerStore(Path file, LongSupplier millis, Consumer<String> log) {
        this.file = file;
        this.millis = millis;
        this.log = log;
    }

    /** The timers of this boot, which wait for their UPSes; none when the file cannot be read. */
    List<Timer> load() {
        try {
            if (!ours()) return List.of();
            List<String> lines = Files.readAllLines(file);
            if (lines.isEmpty() || !lines.get(0).equals(boot())) return List.of();
            long shift = millis.getAsLong() - uptime();
            var timers = new ArrayList<Timer>();
            for (String line : lines.subList(1, lines.size())) timers.add(timer(line.split("\t", -1), shift));
            kept = List.copyOf(timers);
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException useless) {
            log.accept("Timers from before the start are lost, because %s cannot be read: %s"
                    .formatted(file, ErrorText.of(useless)));
        }
        return kept;
    }

    /** Whether the file is ours: timers in a file of another account would let it give orders. */
    private boolean ours() throws IOException {
        String owner = Files.getOwner(file, LinkOption.NOFOLLOW_LINKS).getName();
        if (owner.equals(System.getProperty("user.name")) && !Files.isSymbolicLink(file)) return true;
        log.accept("Timers in %s are ignored: the file belongs to %s. Delete it".formatted(file, owner));
        return false;
    }

    /** Saves the timers if they have changed. A write that fails is logged once. */
    void save(List<Timer> timers) {
        if (timers.equals(kept)) return;
        try {
            if (timers.isEmpty()) Files.deleteIfExists(file);
            else write(timers);
            kept = timers;
            failing = false;
        } catch (IOException failed) {
            if (!failing) log.accept("Timers cannot be kept in %s: %s".formatted(file, ErrorText.of(failed)));
            failing = true;
        }
    }

    private void write(List<Timer> timers) throws IOException {
        long shift = uptime() - millis.getAsLong();
        String text =
                timers.stream().map(timer -> line(timer, shift)).collect(Collectors.joining("", boot() + "\n", ""));
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh); // a link, too, which is not followed
        try (var channel = FileChannel.open(
                fresh,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            var buffer = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
            while (buffer.hasRemaining()) channel.write(buffer);
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String line(Timer timer, long shift) {
        return String.join(
                        "\t",
                        encode(List.of(timer.name())),
                        String.valueOf(timer.due() + shift),
                        encode(timer.types()),
                        encode(timer.upses()),
                        encode(timer.messages()),
                        String.valueOf(timer.length()))
                + "\n";
    }

    /** A timer of the file, which waits for its UPSes. It never ends later than if it had started now. */
    private Timer timer(String[] fields, long shift) {
        long now = millis.getAsLong();
        long due = Long.parseLong(fields[1]) + shift;
        long length = fields.length > 5 ? Long.parseLong(fields[5]) : Math.max(0, due - now);
        return new Timer(
                        decode(fields[0]).get(0),
                        Math.min(due, now + length),
                        length,
                        decode(fields[2]),
                        decode(fields[3]),
                        decode(fields[4]),
                        Set.of())
                .waiting();
    }

    private static String encode(List<String> words) {
        return words.stream()
                .map(word -> URLEncoder.encode(word, StandardCharsets.UTF_8))
                .collect(Collectors.joining(","));
    }

    private static List<String> decode(String words) {
        return Stream.of(words.split(",", -1))
                .map(word -> URLDecoder.decode(word, StandardCharsets.UTF_8))
                .toList();
    }

    private static String boot() throws IOException {
        return Files.readString(BOOT).strip();
    }

    private static long uptime() throws IOException {
        return (long) (Double.parseDouble(Files.readString(UPTIME).split(" ", 2)[0]) * 1000);
    }
}
