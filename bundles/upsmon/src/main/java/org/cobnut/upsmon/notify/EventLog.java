package org.cobnut.upsmon.notify;

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
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.cobnut.upsmon.Notice;
import org.cobnut.upsmon.NoticeListener;
import org.cobnut.upsmon.command.SerialExecutor;
import org.cobnut.upsmon.engine.NotifiedState;
import org.cobnut.wire.ErrorText;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the last notices in a file of the state path and the file before it. Each notice is one line and one write, so
 * a crash can damage only the last line, which is then ignored. Writes on a thread of its own.
 */
@Component(service = {EventLog.class, NoticeListener.class})
public final class EventLog implements NoticeListener {
    /** How many notices one file holds. */
    static final int MOST = 10_000;

    /** Most bytes of a file that are read, which 10,000 notices do not reach. */
    private static final int MOST_BYTES = 16 << 20;

    private static final Logger log = LoggerFactory.getLogger(EventLog.class);
    private static final Pattern WHOLE = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[^\\t]+\\t[A-Z_]+\\t[^\\t]*\\t[^\\t]*");
    private static final Set<PosixFilePermission> MODE = PosixFilePermissions.fromString("rw-r-----");
    private static final long PATIENCE = 1000;
    private static final String FILE = "events";
    private static final String OLDER = "events.1";

    private final Path file;
    private final Path older;
    private final SerialExecutor executor = new SerialExecutor("upsmon events");
    private int count = -1;
    private boolean failing;

    /** The event log in the state path. */
    @Activate
    public EventLog(BundleContext context) {
        this(Path.of(String.valueOf(context.getProperty("cobnut.statepath"))));
    }

    public EventLog(Path directory) {
        file = directory.resolve(FILE);
        older = directory.resolve(OLDER);
    }

    @Override
    public void noticed(Notice notice) {
        executor.add(() -> write(notice));
    }

    @Deactivate
    public void close() throws InterruptedException {
        executor.close();
        executor.await(PATIENCE);
    }

    /** What was notified last for each UPS; nothing when the files cannot be read. */
    public static Map<String, NotifiedState> notifiedStates(Path directory) {
        try {
            var all = new ArrayList<>(whole(directory.resolve(OLDER)));
            all.addAll(whole(directory.resolve(FILE)));
            return NotifiedState.of(all);
        } catch (IOException unreadable) {
            log.warn(
                    "The notices from before the start cannot be read: {}; the end of an outage may not be notified",
                    ErrorText.withFile(unreadable));
            return Map.of();
        }
    }

    /** The last notices, oldest first, this many: time, type, UPS and text with tabs between. */
    public List<String> last(int most) throws IOException {
        var all = new ArrayList<>(whole(older));
        all.addAll(whole(file));
        return all.subList(Math.max(0, all.size() - Math.min(most, MOST)), all.size());
    }

    private void write(Notice notice) {
        try {
            if (count < 0) mend();
            if (count >= MOST) {
                Files.move(file, older, StandardCopyOption.REPLACE_EXISTING);
                make();
                count = 0;
            }
            String line = String.join(
                    "\t", notice.at().toString(), notice.type().name(), plain(notice.ups()), plain(notice.text()));
            append(line + "\n");
            count++;
            failing = false;
        } catch (IOException failed) {
            if (!failing) log.warn("Notices cannot be kept in {}: {}", file, ErrorText.of(failed));
            failing = true;
            count = -1;
        }
    }

    /** Counts the notices of the file, and ends a line that a crash cut. */
    private void mend() throws IOException {
        // Another account may have made a link here: the link is deleted, and its target stays as it is.
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !ours(file)) Files.delete(file);
        make();
        count = whole(file).size();
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

    private static List<String> whole(Path file) throws IOException {
        try {
            String text = new String(read(file), StandardCharsets.UTF_8);
            return text.lines().filter(line -> WHOLE.matcher(line).matches()).toList();
        } catch (NoSuchFileException none) {
            return List.of();
        }
    }

    private static String plain(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }
}
