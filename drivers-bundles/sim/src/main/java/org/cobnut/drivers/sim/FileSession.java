package org.cobnut.drivers.sim;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.cobnut.driver.Due;
import org.cobnut.driver.Report;
import org.cobnut.driver.Session;
import org.cobnut.model.Outcome;
import org.cobnut.wire.ErrorText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A device that a file plays. A pass goes through the steps, resting at each TIMER; at its end a loop begins the next,
 * and a file played once waits for an edit. Alarms last for a pass, variables until they are set or removed. A file
 * that vanishes, cannot be read or says nothing leaves everything as it is for a while; then the values are stale.
 */
final class FileSession implements Session {
    private static final Logger LOG = LoggerFactory.getLogger(FileSession.class);

    /** How long what a file said counts without it. Whoever replaces the file needs less. */
    static final Duration GRACE = Duration.ofSeconds(10);

    private static final String UNREADABLE = "may not be read by this account";

    private record Stamp(FileTime modified, long size) {
        static Stamp of(Path file) throws IOException {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stamp(attributes.lastModifiedTime(), attributes.size());
        }
    }

    private final String ups;
    private final Path file;
    private final boolean loop;
    private final LongSupplier nanos;
    private final Shown shown = new Shown();
    private final Set<String> alarms = new LinkedHashSet<>();
    private Stamp stamp;
    private Stamp seen;
    private List<Step> steps;
    private int next;
    private boolean resting;
    private long wake;
    /** Why an edit could not be read, until it is or is taken back. */
    private Optional<String> unread = Optional.empty();

    private Optional<String> trouble = Optional.empty();
    private long troubledAt;

    /** Plays the first part of the file, which must be readable. */
    FileSession(String ups, Path file, Mode mode, LongSupplier nanos) throws IOException {
        this.ups = ups;
        this.file = file;
        this.loop = mode != Mode.ONCE;
        this.nanos = nanos;
        shown.put(DummyUps.MODE, mode.word);
        shown.put("ups.mfr", "Dummy Manufacturer");
        shown.put("ups.model", "Dummy UPS");
        shown.put(Shown.STATUS, "OL");
        stamp = Stamp.of(file);
        seen = stamp;
        steps = read();
        play();
    }

    @Override
    public void poll(Report report, Due due) {
        Optional<String> away = look();
        advance();
        judge(trouble(away));
        shown.report(report, Types::of);
        alarms.forEach(report::alarm);
        report.command("load.off");
        long rest = resting ? wake - nanos.getAsLong() : 0;
        if (rest > 0) report.again(Duration.ofNanos(rest));
        trouble.ifPresent(reason -> tell(report, reason));
    }

    /** The file's next pass overwrites the value, if it names the variable. */
    @Override
    public Outcome set(String variable, String value) {
        put(variable, value);
        return Outcome.handled();
    }

    private void advance() {
        if (resting && nanos.getAsLong() - wake < 0) return;
        resting = false;
        if (next == steps.size()) {
            // What was set is shown once before a pass can overwrite it.
            if (shown.pending() || !(edited() || loop)) return;
            next = 0;
            alarms.clear();
        }
        play();
    }

    private void play() {
        while (next < steps.size() && !resting) apply(steps.get(next++));
    }

    private void apply(Step step) {
        if (step instanceof Step.Put put) put(put.name(), put.value());
        else if (step instanceof Step.Timer timer) rest(timer.seconds());
        else if (step instanceof Step.Alarm alarm) alarm(alarm.text());
        else throw new AssertionError(step);
    }

    private void put(String name, String value) {
        if (value.isEmpty()) shown.remove(name);
        else shown.put(name, value);
    }

    private void rest(int seconds) {
        resting = true;
        wake = nanos.getAsLong() + TimeUnit.SECONDS.toNanos(seconds);
    }

    private void alarm(String text) {
        if (text.isEmpty()) alarms.clear();
        else alarms.add(text);
    }

    private boolean edited() {
        if (seen.equals(stamp)) return false;
        try {
            steps = read();
            stamp = seen;
            unread = Optional.empty();
            return true;
        } catch (IOException e) {
            unread = Optional.of(reason(e));
            return false;
        }
    }

    /** Whether the file is there; at each poll, for a rest may be long. Says why it cannot be read. */
    private Optional<String> look() {
        try {
            seen = Stamp.of(file);
            if (seen.equals(stamp)) unread = Optional.empty();
            return Files.isReadable(file) ? Optional.empty() : Optional.of(UNREADABLE);
        } catch (IOException e) {
            seen = stamp;
            return Optional.of(reason(e));
        }
    }

    /** What is the matter with the file, as far as is known now. */
    private Optional<String> trouble(Optional<String> away) {
        boolean blank = seen.size() == 0 || (seen.equals(stamp) && steps.isEmpty());
        return away.or(() -> unread).or(() -> blank ? Optional.of("says nothing") : Optional.empty());
    }

    private void judge(Optional<String> now) {
        if (now.isPresent() && trouble.isEmpty()) {
            troubledAt = nanos.getAsLong();
            LOG.warn("UPS [{}]: {} {}; what it said counts for {} s", ups, file, now.get(), GRACE.toSeconds());
        }
        if (now.isEmpty() && trouble.isPresent()) LOG.info("UPS [{}]: {} is back", ups, file);
        trouble = now;
    }

    private void tell(Report report, String reason) {
        Duration left = GRACE.minusNanos(nanos.getAsLong() - troubledAt);
        if (left.isNegative() || left.isZero()) report.stale(file + " " + reason);
        else report.again(left);
    }

    private static String reason(IOException failure) {
        if (failure instanceof NoSuchFileException) return "is not there";
        if (failure instanceof AccessDeniedException) return UNREADABLE;
        return "cannot be read: " + ErrorText.of(failure);
    }

    private List<Step> read() throws IOException {
        DataFile data = DataFile.of(Files.readAllBytes(file));
        if (!data.faults().isEmpty()) {
            DataFile.Fault first = data.faults().get(0);
            LOG.warn(
                    "UPS [{}]: {}:{}: {}; {} faulty line(s) ignored",
                    ups,
                    file,
                    first.line(),
                    first.reason(),
                    data.faults().size());
        }
        return data.steps();
    }
}
