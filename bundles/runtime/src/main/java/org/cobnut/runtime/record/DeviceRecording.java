package org.cobnut.runtime.record;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.cobnut.driver.Settings;
import org.cobnut.link.Link;
import org.cobnut.link.record.LinkRecorder;
import org.cobnut.link.record.Recording;
import org.cobnut.link.record.Transcript;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records the links of one device into a file, through all its sessions, until it is closed. No secret gets in. Any thread. */
final class DeviceRecording implements AutoCloseable {
    private static final String HIDDEN = "(hidden)";
    private static final Logger log = LoggerFactory.getLogger(DeviceRecording.class);

    private final String ups;
    private final LinkRecorders recorders;
    private final TranscriptFile file;
    private List<String> secrets = List.of();
    private boolean begun;
    private String current = "";

    private DeviceRecording(String ups, LinkRecorders recorders, TranscriptFile file) {
        this.ups = ups;
        this.recorders = recorders;
        this.file = file;
    }

    /** Begins a file, soon. */
    static DeviceRecording into(Path file, String ups, LinkRecorders recorders) {
        return new DeviceRecording(ups, recorders, TranscriptFile.begin(file, TranscriptFile.MOST_BYTES));
    }

    Path file() {
        return file.path();
    }

    /** Ends when the file is there, or exceptionally when it cannot be made. */
    CompletableFuture<Path> opened() {
        return file.opened();
    }

    /** Waits until it is written; false when that takes longer. */
    boolean await(long millis) throws InterruptedException {
        return file.await(millis);
    }

    /** A session is opened with these settings. */
    synchronized void opening(String driver, Settings settings) {
        secrets = settings.values().entrySet().stream()
                .filter(entry -> settings.secret(entry.getKey()))
                .map(Map.Entry::getValue)
                .filter(secret -> !secret.isEmpty())
                .sorted(Comparator.comparing(String::length).reversed())
                .toList();
        if (begun) return;
        begun = true;
        file.add(Transcript.HEADER);
        file.add("driver " + Transcript.escape(driver));
        file.add("port " + masked(Settings.masked(settings.port())));
        new TreeMap<>(settings.values())
                .forEach((key, value) -> file.add(
                        ("option " + Transcript.escape(key) + " " + (settings.secret(key) ? HIDDEN : masked(value)))
                                .stripTrailing()));
    }

    /** The link that a session gets: one that is recorded, if there is a recorder of its kind. */
    Link tap(Class<? extends Link> kind, String port, Link link) {
        Optional<LinkRecorder> recorder = file.takesMore() ? recorders.of(kind) : Optional.empty();
        if (recorder.isEmpty() && file.takesMore())
            log.warn("UPS [{}]: links of the kind {} cannot be recorded; no bundle offers it", ups, kind.getName());
        String place = "link " + kind.getName() + " " + masked(Settings.masked(port));
        return recorder.map(known -> known.record(kind, link, new Lines(place))).orElse(link);
    }

    /** Writes what was recorded so far, and no more. */
    @Override
    public void close() {
        file.close();
    }

    private synchronized void add(String place, char first, String text) {
        if (!file.takesMore()) return;
        if (!place.equals(current)) file.add(place);
        current = place;
        String all = mask(text);
        char mark = first;
        int from = 0;
        do {
            int to = Math.min(all.length(), from + Transcript.LONGEST);
            file.add((mark + " " + Transcript.escape(all.substring(from, to))).stripTrailing());
            mark = '+';
            from = to;
        } while (from < all.length());
    }

    private String masked(String text) {
        return Transcript.escape(mask(text));
    }

    private String mask(String text) {
        String masked = text;
        for (String secret : secrets) masked = masked.replace(secret, HIDDEN);
        return masked;
    }

    /** What passes over one link. */
    private final class Lines implements Recording {
        private final String place;

        Lines(String place) {
            this.place = place;
        }

        @Override
        public void sent(String text) {
            add(place, '>', text);
        }

        @Override
        public void received(String text) {
            add(place, '<', text);
        }

        @Override
        public void state(String name, String value) {
            add(place, '=', name + " " + value);
        }

        @Override
        public void failed(String reason) {
            add(place, '!', reason);
        }
    }
}
