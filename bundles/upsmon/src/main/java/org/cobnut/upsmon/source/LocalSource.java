package org.cobnut.upsmon.source;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.cobnut.device.Logins;
import org.cobnut.model.Health;
import org.cobnut.model.Snapshot;
import org.cobnut.upsmon.config.MonitorLine;
import org.cobnut.upsmon.engine.Reading;
import org.cobnut.upsmon.time.Nanos;
import org.jspecify.annotations.Nullable;

/**
 * A UPS of this process, read from its device without a socket or a password. The last values count for MAXAGE after
 * the device is lost, as for clients of the server.
 */
public final class LocalSource implements Source {
    private static final String HERE = "127.0.0.1";

    private final MonitorLine line;
    private final DeviceRegistry devices;
    private final int maxage;
    private final LongSupplier nanos;
    private Reading.@Nullable Answer last;
    private long good;
    private Logins.@Nullable Login login;
    private String refused = "";
    private volatile boolean fsd;

    public LocalSource(MonitorLine line, DeviceRegistry devices, int maxage, LongSupplier nanos) {
        this.line = line;
        this.devices = devices;
        this.maxage = maxage;
        this.nanos = nanos;
        this.good = nanos.getAsLong();
    }

    @Override
    public void poll(Consumer<Reading> sink) {
        fsd = announced();
        Optional<Snapshot> snapshot = devices.snapshot(name());
        if (snapshot.filter(now -> now.health() instanceof Health.Fresh).isPresent()) {
            last = answer(snapshot.get());
            good = nanos.getAsLong();
            sink.accept(last);
        } else if (snapshot.isPresent() && snapshot.get().health() instanceof Health.Stale) {
            sink.accept(new Reading.NoAnswer(line.ups(), "Data stale"));
        } else if (Nanos.over(good, nanos.getAsLong(), maxage)) {
            sink.accept(new Reading.NoAnswer(line.ups(), "Driver not connected"));
        } else if (last != null) {
            sink.accept(last);
        }
        login(sink);
    }

    @Override
    public boolean changed() {
        return announced() != fsd;
    }

    @Override
    public Reading.FsdSet fsd() {
        boolean set = devices.logins().map(logins -> logins.latchFsd(name())).orElse(false);
        return new Reading.FsdSet(line.ups(), set, set ? "" : "Unknown UPS");
    }

    @Override
    public Reading.LoginsCounted count() {
        return new Reading.LoginsCounted(
                line.ups(),
                devices.logins()
                        .map(logins -> OptionalInt.of(logins.clients(name()).size()))
                        .orElse(OptionalInt.empty()));
    }

    @Override
    public void close() {
        if (login != null) login.close();
        login = null;
    }

    @Override
    public void abort() {
        // No call here blocks.
    }

    private void login(Consumer<Reading> sink) {
        if (login != null && login.counts()) return;
        login = devices.logins()
                .flatMap(logins -> logins.login(name(), new Logins.Client(line.user(), HERE)))
                .orElse(null);
        String reason = login == null ? "Unknown UPS" : "";
        if (login == null && reason.equals(refused)) return;
        refused = reason;
        sink.accept(new Reading.Login(line.ups(), login != null, reason));
    }

    private boolean announced() {
        return devices.logins().map(logins -> logins.fsd(name())).orElse(false);
    }

    /** The answer of a snapshot. FSD comes from the server and needs no second reading of the device. */
    private Reading.Answer answer(Snapshot snapshot) {
        String status = (fsd ? "FSD " : "") + String.join(" ", snapshot.status());
        String buzzwords = snapshot.value("ups.mode.buzzwords").orElse("") + " "
                + snapshot.value("experimental.ups.mode.buzzwords").orElse("");
        long stamp = fsd ? nanos.getAsLong() : ChronoUnit.NANOS.between(Instant.EPOCH, snapshot.taken());
        return new Reading.Answer(
                line.ups(), words(status), snapshot.value("ups.alarm").orElse(""), words(buzzwords), stamp);
    }

    private String name() {
        return line.address().ups();
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.trim().split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
