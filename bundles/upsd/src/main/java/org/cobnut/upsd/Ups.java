package org.cobnut.upsd;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.cobnut.device.DeviceService;
import org.cobnut.model.Health;
import org.cobnut.model.Outcome;
import org.cobnut.model.Snapshot;
import org.cobnut.wire.ErrorCode;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One UPS as the server knows it: the section that names it, the device behind it at this moment, and what belongs to
 * the name and outlives both, the logins and the FSD latch. Read by every event loop, changed by {@link Inventory}.
 */
final class Ups {
    private static final Logger log = LoggerFactory.getLogger(Ups.class);
    private static final Snapshot NO_DRIVER = Snapshot.empty(Instant.EPOCH, new Health.DriverMissing(""));
    private static final long NEVER = Long.MIN_VALUE;
    private static final Optional<ErrorCode> STALE = Optional.of(ErrorCode.DATA_STALE);

    private final String name;
    private final LongSupplier nanos;
    private final List<Login> logins = new CopyOnWriteArrayList<>();
    private Optional<ErrorCode> told = Optional.of(ErrorCode.DRIVER_NOT_CONNECTED);
    private volatile boolean fsd;
    private volatile @Nullable Section section;
    private volatile @Nullable Attached device;
    private volatile @Nullable Bundle owner;
    private volatile Snapshot last = NO_DRIVER;
    private volatile long lostAt = NEVER;
    private volatile boolean failing;
    private volatile ReplyCache cache = new ReplyCache(NO_DRIVER, false);

    /** A device service and the bundle that owns it. */
    record Attached(DeviceService service, @Nullable Bundle owner, String description) {}

    /** A connection that logged in; {@link #kick} ends it. */
    interface Login {
        String user();

        String address();

        void kick();
    }

    Ups(String name, LongSupplier nanos) {
        this.name = name;
        this.nanos = nanos;
    }

    String name() {
        return name;
    }

    Optional<Section> section() {
        return Optional.ofNullable(section);
    }

    void section(@Nullable Section now) {
        section = now;
    }

    Optional<Attached> device() {
        return Optional.ofNullable(device);
    }

    /** The device came, went, or was replaced. What was known of the last one stays readable for a while. */
    synchronized void device(@Nullable Attached now) {
        Attached before = device;
        if (before != null) {
            keep(ask(before));
            owner = before.owner();
        } else if (uninstalled()) last = NO_DRIVER;
        if (now == null) lose();
        device = now;
        observe();
    }

    /**
     * Keeps the time at which the device was lost, on the monotonic clock. What a device says of itself, be it only
     * that it is just starting, begins anew: what the one before it said is history, and so is its loss. Looks at the
     * device that is there now, for notices come late: of a device that went, they would take away what it left.
     */
    synchronized void observe() {
        Attached now = device;
        if (now == null) return;
        Snapshot snapshot = ask(now);
        boolean spoke = !snapshot.variables().isEmpty();
        if (spoke) last = NO_DRIVER;
        if (snapshot.health() instanceof Health.Fresh) lostAt = NEVER;
        else if (spoke && snapshot.health() instanceof Health.Starting) lostAt = nanos.getAsLong();
        else lose();
    }

    /** What is known, as old as it may be: of a device that has not been read yet, what the one before it said. */
    Snapshot snapshot() {
        Attached now = device;
        if (now == null) return last;
        Snapshot current = ask(now);
        return current.variables().isEmpty() ? last : current;
    }

    /** One line for people; empty when neither ups.conf nor the device gives one. */
    String description() {
        Section from = section;
        if (from != null && !from.description().isEmpty()) return from.description();
        Attached now = device;
        return now == null ? "" : now.description();
    }

    /** Why the values cannot be shown, if they cannot (network-protocol, "DRIVER-NOT-CONNECTED", "DATA-STALE"). */
    Optional<ErrorCode> unavailable(Snapshot snapshot, long maxageNanos) {
        if (snapshot.health() instanceof Health.Fresh && device != null) return Optional.empty();
        if (snapshot.variables().isEmpty() || uninstalled()) return Optional.of(ErrorCode.DRIVER_NOT_CONNECTED);
        if (snapshot.health() instanceof Health.Stale) return Optional.of(ErrorCode.DATA_STALE);
        long since = lostAt;
        if (since == NEVER || nanos.getAsLong() - since <= maxageNanos) return Optional.empty();
        boolean gone = snapshot.health() instanceof Health.DriverMissing;
        return Optional.of(gone ? ErrorCode.DRIVER_NOT_CONNECTED : ErrorCode.DATA_STALE);
    }

    /** Tells the log when the UPS came, went stale, came back or went; once each, in NUT's words. */
    synchronized void judge(long maxageNanos) {
        Snapshot now = snapshot();
        Optional<ErrorCode> state = unavailable(now, maxageNanos);
        if (state.equals(told)) return;
        if (state.isEmpty())
            log.info(
                    told.equals(STALE) ? "UPS [{}] data is no longer stale" : "Connected to UPS [{}]: {}",
                    name,
                    now.value("driver.name").orElse("driver") + '-' + name);
        else if (state.equals(STALE)) log.warn("Data for UPS [{}] is stale - check driver", name);
        else log.warn("UPS [{}] has no driver that is connected", name);
        told = state;
    }

    CompletionStage<Outcome> set(String variable, String value) {
        Attached now = device;
        return now == null ? gone() : ordered(() -> now.service().set(variable, value));
    }

    CompletionStage<Outcome> run(String command, String argument) {
        Attached now = device;
        return now == null ? gone() : ordered(() -> now.service().run(command, argument));
    }

    boolean fsd() {
        return fsd;
    }

    /** Sets the latch, which nothing but the end of the section clears. */
    void latchFsd() {
        fsd = true;
    }

    /** Newest first, as LIST CLIENT shows them. */
    List<Login> logins() {
        return logins;
    }

    void login(Login login) {
        logins.add(0, login);
    }

    void logout(Login login) {
        logins.remove(login);
    }

    /** The replies already encoded for this snapshot, shared by all clients. */
    ReplyCache replies(Snapshot snapshot) {
        ReplyCache now = cache;
        if (now.serves(snapshot, fsd)) return now;
        var next = new ReplyCache(snapshot, fsd);
        cache = next;
        return next;
    }

    /** What the device says. One that cannot be asked has no driver that is connected; the log is told once. */
    private Snapshot ask(Attached of) {
        try {
            Snapshot current = Objects.requireNonNull(of.service().snapshot(), "it gave no snapshot");
            if (failing) failing = false;
            return current;
        } catch (RuntimeException | Error theirs) {
            if (!failing)
                log.error("UPS [{}]: its device fails to tell its values: {}", name, theirs.toString(), theirs);
            failing = true;
            return NO_DRIVER;
        }
    }

    private CompletionStage<Outcome> ordered(Supplier<CompletionStage<Outcome>> order) {
        try {
            return Objects.requireNonNull(order.get(), "it gave no outcome");
        } catch (RuntimeException | Error theirs) {
            log.error("UPS [{}]: its device fails at an order: {}", name, theirs.toString(), theirs);
            return CompletableFuture.completedFuture(Outcome.failed("the device failed: " + theirs));
        }
    }

    private void keep(Snapshot snapshot) {
        if (snapshot.variables().isEmpty()) return;
        last = snapshot.health() instanceof Health.Stale ? snapshot : snapshot.with(NO_DRIVER.health());
    }

    private void lose() {
        if (lostAt == NEVER) lostAt = nanos.getAsLong();
    }

    private boolean uninstalled() {
        Bundle was = owner;
        return device == null && was != null && was.getState() == Bundle.UNINSTALLED;
    }

    private static CompletionStage<Outcome> gone() {
        return CompletableFuture.completedFuture(Outcome.failed("the driver is gone"));
    }
}
