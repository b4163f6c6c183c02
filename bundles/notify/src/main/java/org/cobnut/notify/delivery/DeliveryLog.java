package org.cobnut.notify.delivery;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.cobnut.notify.Message;
import org.cobnut.upsmon.file.RollingFile;
import org.cobnut.wire.ErrorText;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what came of the last messages in a file of the state path and the file before it: time, target, event, UPS, how
 * often it was tried, and the outcome, with tabs between. Blocks as a disk does.
 */
@Component(service = DeliveryLog.class)
public final class DeliveryLog {
    /** How many messages one file holds. */
    static final int MOST = 2000;

    private static final Logger log = LoggerFactory.getLogger(DeliveryLog.class);
    private static final Pattern WHOLE = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[^\\t]+(\\t[^\\t]*){5}");

    private final RollingFile file;
    private volatile boolean failing;

    /** The log in the state path. */
    @Activate
    public DeliveryLog(BundleContext context) {
        this(Path.of(String.valueOf(context.getProperty("cobnut.statepath"))));
    }

    DeliveryLog(Path directory) {
        file = new RollingFile(directory.resolve("notifications"), MOST, WHOLE);
    }

    void add(Instant at, String target, Message message, int tries, String outcome) {
        add(at, target, message.event(), message.ups(), tries, outcome);
    }

    void add(Instant at, String target, String event, String ups, int tries, String outcome) {
        try {
            file.add(String.join(
                    "\t",
                    at.toString(),
                    RollingFile.plain(target),
                    event,
                    RollingFile.plain(ups),
                    String.valueOf(tries),
                    RollingFile.plain(outcome)));
            failing = false;
        } catch (IOException failed) {
            if (!failing) log.warn("The delivery of notices cannot be kept in {}: {}", file, ErrorText.of(failed));
            failing = true;
        }
    }

    /** The last lines, oldest first, this many at most. */
    List<String> last(int most) throws IOException {
        return file.last(most);
    }
}
