package org.cobnut.upsmon;

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
import org.cobnut.wire.ErrorText;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last notices, in a file of the state path and the one before it; each notice is one line in one write, so that what
 * a crash leaves is whole but perhaps for its last line, which is then passed over. Written on a lane of its own.
 */
@Component(service = {EventLog.class, NoticeListener.class})
public final class EventLog implements NoticeListener {
    /** How many notices are kept. */
    static final int MOST = 10_000;

    /** How much of a file is looked at, which 10,000 notices do not reach. */
    private static final int MOST_BYTES = 16 << 20;

    private static final Logger log = LoggerFactory.getLogger(EventLog.class);
    private static final Pattern WHOLE = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[^\\t]+\\t[A-Z_]+\\t[^\\t]*\\t[^\\t]*");
    private static final Set<PosixFilePermission> MODE = PosixFilePermissions.fromString("rw-r-----");
    private static final long PATIENCE = 1000;
    private static final String FILE = "events";
    private static final String OLDER = "events.1";

    private final Path file;
    private final Path older;
    private final Lane lane = new Lane("upsmon events");
    private int count = -1;
    private boolean failing;

    /** The history in the state path. */
    @Activate
    public EventLog(BundleContext context) {
        this(Path.of(String.valueOf(context.getProperty("cobnut.statepath"))));
    }

    EventLog(Path directory) {
        file = directory.resolve(FILE);
        older = directory.resolve(OLDER);
    }

    @Override
    public void noticed(Notice notice) {
        lane.add(() -> write(notice));
    }

    @Deactivate
    void close() throws InterruptedException {
        lane.close();
        lane.await(PATIENCE);
    }

    /** What people were told last of each UPS; nothing when that cannot be read. */
    static Map<String, Told> told(Path directory) {
        try {
            var all = new ArrayList<>(whole(directory.resolve(OLDER)));
            all.addAll(whole(directory.resolve(FILE)));
            return Told.of(all);
        } catch (IOException unreadable) {
            log.warn("What people were told before is not known: {}", ErrorText.withFile(unreadable));
            return Map.of();
        }
    }

    /** The last so many notices, oldest first: time, type, UPS and text with tabs between. */
    List<String> last(int most) throws IOException {
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

    /** Counts what is there, and ends a line that a crash cut. */
    private void mend() throws IOException {
        // A link, say, which another account may have put there: it goes, and what it leads to stays as it is.
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
