package org.cobnut.upsmon.notify;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.cobnut.upsmon.Notice;
import org.cobnut.upsmon.NoticeListener;
import org.cobnut.upsmon.command.SerialExecutor;
import org.cobnut.upsmon.engine.NotifiedState;
import org.cobnut.upsmon.file.RollingFile;
import org.cobnut.wire.ErrorText;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the last notices in a file of the state path and the file before it. Writes on a thread of its own. */
@Component(service = {EventLog.class, NoticeListener.class})
public final class EventLog implements NoticeListener {
    /** How many notices one file holds. */
    static final int MOST = 10_000;

    private static final Logger log = LoggerFactory.getLogger(EventLog.class);
    private static final Pattern WHOLE = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[^\\t]+\\t[A-Z_]+\\t[^\\t]*\\t[^\\t]*");
    private static final long PATIENCE = 1000;

    private final RollingFile file;
    private final SerialExecutor executor = new SerialExecutor("upsmon events");
    private boolean failing;

    /** The event log in the state path. */
    @Activate
    public EventLog(BundleContext context) {
        this(Path.of(String.valueOf(context.getProperty("cobnut.statepath"))));
    }

    public EventLog(Path directory) {
        file = file(directory);
    }

    private static RollingFile file(Path directory) {
        return new RollingFile(directory.resolve("events"), MOST, WHOLE);
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
            return NotifiedState.of(file(directory).last(Integer.MAX_VALUE));
        } catch (IOException unreadable) {
            log.warn(
                    "The notices from before the start cannot be read: {}; the end of an outage may not be notified",
                    ErrorText.withFile(unreadable));
            return Map.of();
        }
    }

    /** The last notices, oldest first, this many: time, type, UPS and text with tabs between. */
    public List<String> last(int most) throws IOException {
        return file.last(Math.min(most, MOST));
    }

    private void write(Notice notice) {
        try {
            file.add(String.join(
                    "\t",
                    notice.at().toString(),
                    notice.type().name(),
                    RollingFile.plain(notice.ups()),
                    RollingFile.plain(notice.text())));
            failing = false;
        } catch (IOException failed) {
            if (!failing) log.warn("Notices cannot be kept in {}: {}", file, ErrorText.of(failed));
            failing = true;
        }
    }
}
