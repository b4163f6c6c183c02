package org.cobnut.web.device;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.cobnut.device.DeviceListener;
import org.cobnut.model.Snapshot;
import org.osgi.service.component.annotations.Component;

/**
 * Keeps the last changes of status, health and alarm of each device since the start of this process. Bounded: entries of a
 * device, and devices, of which the one that changed longest ago goes first. Any thread.
 */
@Component(service = {Timeline.class, DeviceListener.class})
public final class Timeline implements DeviceListener {
    static final int ENTRIES = 200;
    static final int DEVICES = 2000;
    private static final String ALARM = "ups.alarm";

    private final Map<String, Deque<TimelineEntry>> entries = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Deque<TimelineEntry>> eldest) {
            return size() > DEVICES;
        }
    };

    @Override
    public void changed(String ups, Snapshot before, Snapshot after) {
        if (before.equals(after)) return;
        add(ups, "health", before.health().word(), after.health().word());
        add(ups, "status", String.join(" ", before.status()), String.join(" ", after.status()));
        add(ups, "alarm", before.value(ALARM).orElse(""), after.value(ALARM).orElse(""));
    }

    /** The entries of a device, the newest first. */
    public List<TimelineEntry> of(String ups) {
        synchronized (entries) {
            Deque<TimelineEntry> own = entries.get(ups.toLowerCase(Locale.ROOT));
            return own == null ? List.of() : List.copyOf(own);
        }
    }

    private void add(String ups, String kind, String before, String after) {
        if (before.equals(after)) return;
        var entry = new TimelineEntry(Instant.now(), kind, before, after);
        synchronized (entries) {
            Deque<TimelineEntry> own =
                    entries.computeIfAbsent(ups.toLowerCase(Locale.ROOT), none -> new ArrayDeque<>());
            own.addFirst(entry);
            if (own.size() > ENTRIES) own.removeLast();
        }
    }
}
