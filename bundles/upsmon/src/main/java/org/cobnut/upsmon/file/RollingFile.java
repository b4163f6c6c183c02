package org.cobnut.upsmon.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Keeps the last lines in a file, and those before them in a second one, {@code FILE.1}. Each line is one write, so a
 * crash can damage only the last line, which is then ignored. Files and links of other accounts are not followed. Blocks
 * for as long as the disk does. Thread-safe.
 */
public final class RollingFile {
    /** Most bytes of a file that are read, which its lines do not reach. */
    private static final int MOST_BYTES = 16 << 20;

    private static final Set<PosixFilePermission> MODE = PosixFilePermissions.fromString("rw-r-----");

    private final Path file;
    private final Path older;
    private final int most;
    private final Pattern whole;
    private int count = -1;

    /**
     * A file, which need not be there.
     *
     * @param most how many lines one file holds
     * @param whole which lines count
     */
    public RollingFile(Path file, int most, Pattern whole) {
        this.file = file;
        this.older = file.resolveSibling(file.getFileName() + ".1");
        this.most = most;
        this.whole = whole;
    }

    /** Adds a line. */
    public synchronized void add(String line) throws IOException {
        try {
            if (count < 0) mend();
            if (count >= most) {
                Files.move(file, older, StandardCopyOption.REPLACE_EXISTING);
                make();
                count = 0;
            }
            append(line + "\n");
            count++;
        } catch (IOException failed) {
            count = -1;
            throw failed;
        }
    }

    /** The last lines, oldest first, at most this many. */
    public List<String> last(int wanted) throws IOException {
        var all = new ArrayList<>(lines(older));
        all.addAll(lines(file));
        return all.subList(Math.max(0, all.size() - Math.max(0, wanted)), all.size());
    }

    /** A text that is no more than a part of a line. */
    public static String plain(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }

    @Override
    public String toString() {
        return file.toString();
    }

    /** Counts the lines of the file, and ends one that a crash cut. */
    private void mend() throws IOException {
        // Another account may have made a link here: the link is deleted, and its target stays as it is.
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !ours(file)) Files.delete(file);
        make();
        count = lines(file).size();
        byte[] bytes = read(file);
        if (bytes.length > 0 && bytes[bytes.length - 1] != '\n') append("\n");
    }

    private void make() throws IOException {
        append("");
        Files.setPosixFilePermissions(file, MODE); // whatever the umask took away or left
    }

    private void append(String text) throws IOException {
        try (var channel = Files.newByteChannel(
                file,
                Set.of(
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND,
                        StandardOpenOption.DSYNC,
                        LinkOption.NOFOLLOW_LINKS),
                PosixFilePermissions.asFileAttribute(MODE))) {
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        }
    }

    private static boolean ours(Path file) throws IOException {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && Files.getOwner(file, LinkOption.NOFOLLOW_LINKS).getName().equals(System.getProperty("user.name"));
    }

    private static byte[] read(Path file) throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !ours(file)) return new byte[0];
        try (var in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            in.skipNBytes(Math.max(0, Files.size(file) - MOST_BYTES));
            return in.readNBytes(MOST_BYTES);
        }
    }

    private List<String> lines(Path path) throws IOException {
        try {
            String text = new String(read(path), StandardCharsets.UTF_8);
            return text.lines().filter(line -> whole.matcher(line).matches()).toList();
        } catch (NoSuchFileException none) {
            return List.of();
        }
    }
}
