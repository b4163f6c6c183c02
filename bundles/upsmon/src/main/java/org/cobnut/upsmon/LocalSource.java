package org.cobnut.upsmon;

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
import org.jspecify.annotations.Nullable;

/**
 * A UPS of this very process, as its device shows it: no socket, no password. What the device said last counts for MAXAGE
 * after it was lost, as it does for whoever asks the server.
 */
final class LocalSource implements Source {
    private static final String HERE = "127.0.0.1";

    private final MonitorLine line;
    private final Neighbours neighbours;
    private final int maxage;
    private final LongSupplier nanos;
    private Reading.@Nullable Answer last;
    private long good;
    private Logins.@Nullable Login login;
    private String refused = "";
    private volatile boolean fsd;

    LocalSource(MonitorLine line, Neighbours neighbours, int maxage, LongSupplier nanos) {
        this.line = line;
        this.neighbours = neighbours;
        this.maxage = maxage;
        this.nanos = nanos;
        this.good = nanos.getAsLong();
    }

    @Override
    public void look(Consumer<Reading> sink) {
        fsd = announced();
        Optional<Snapshot> snapshot = neighbours.snapshot(name());
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
    public boolean stirred() {
        return announced() != fsd;
    }

    @Override
    public Reading.FsdSet fsd() {
        boolean set = neighbours.logins().map(logins -> logins.latchFsd(name())).orElse(false);
        return new Reading.FsdSet(line.ups(), set, set ? "" : "Unknown UPS");
    }

    @Override
    public Reading.Counted count() {
        return new Reading.Counted(
                line.ups(),
                neighbours
                        .logins()
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
        // Nothing here waits for anybody.
    }

    private void login(Consumer<Reading> sink) {
        if (login != null && login.counts()) return;
        login = neighbours
                .logins()
                .flatMap(logins -> logins.login(name(), new Logins.Client(line.user(), HERE)))
                .orElse(null);
        String reason = login == null ? "Unknown UPS" : "";
        if (login == null && reason.equals(refused)) return;
        refused = reason;
        sink.accept(new Reading.Login(line.ups(), login != null, reason));
    }

    private boolean announced() {
        return neighbours.logins().map(logins -> logins.fsd(name())).orElse(false);
    }

    /** FSD is the server's word, which needs no second look at the device. */
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
