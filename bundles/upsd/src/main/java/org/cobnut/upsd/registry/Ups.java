package org.cobnut.upsd.registry;

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
import org.cobnut.wire.ErrorText;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One UPS of the server: the section that names it, the device behind it now, and what outlives both: the clients that
 * are logged in, and the FSD latch. Every event loop reads it; {@link UpsRegistry} changes it.
 */
public final class Ups {
    private static final Logger log = LoggerFactory.getLogger(Ups.class);
    private static final Snapshot NO_DRIVER = Snapshot.empty(Instant.EPOCH, new Health.DriverMissing(""));
    private static final long NEVER = Long.MIN_VALUE;
    private static final Optional<ErrorCode> STALE = Optional.of(ErrorCode.DATA_STALE);

    private final String name;
    private final LongSupplier nanos;
    private final List<Client> clients = new CopyOnWriteArrayList<>();
    private Optional<ErrorCode> logged = Optional.of(ErrorCode.DRIVER_NOT_CONNECTED);
    private volatile boolean fsd;
    private volatile @Nullable Section section;
    private volatile @Nullable Attached device;
    private volatile @Nullable Bundle owner;
    private volatile Snapshot last = NO_DRIVER;
    private volatile long lostAt = NEVER;
    private volatile boolean failing;
    private volatile ReplyCache cache = new ReplyCache(NO_DRIVER, false);

    /** A device service and the bundle that owns it. */
    public record Attached(DeviceService service, @Nullable Bundle owner, String description) {}

    /** A client that is logged in; {@link #kick} disconnects it. */
    public interface Client {
        String user();

        String address();

        void kick();
    }

    Ups(String name, LongSupplier nanos) {
        this.name = name;
        this.nanos = nanos;
    }

    public String name() {
        return name;
    }

    public Optional<Section> section() {
        return Optional.ofNullable(section);
    }

    void section(@Nullable Section now) {
        section = now;
    }

    Optional<Attached> device() {
        return Optional.ofNullable(device);
    }

    /** Sets the device that came, or none for one that went. The last values stay readable for a while. */
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
     * Notes when the device was lost, on the monotonic clock. Values from the device, even if it is only starting, end
     * the loss and replace the values of the device before it. Reads the device that is there now, because a notice may
     * come late: one of a device that went must not erase its values.
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

    /** The last values, however old; before the first reading of a device, those of the device before it. */
    public Snapshot snapshot() {
        Attached now = device;
        if (now == null) return last;
        Snapshot current = ask(now);
        return current.variables().isEmpty() ? last : current;
    }

    /** The description of ups.conf or of the device; empty when there is none. */
    public String description() {
        Section from = section;
        if (from != null && !from.description().isEmpty()) return from.description();
        Attached now = device;
        return now == null ? "" : now.description();
    }

    /**
     * Why the values cannot be read; nothing when they can (network-protocol, "DRIVER-NOT-CONNECTED", "DATA-STALE").
     */
    public Optional<ErrorCode> unavailable(Snapshot snapshot, long maxageNanos) {
        if (snapshot.health() instanceof Health.Fresh && device != null) return Optional.empty();
        if (snapshot.variables().isEmpty() || uninstalled()) return Optional.of(ErrorCode.DRIVER_NOT_CONNECTED);
        if (snapshot.health() instanceof Health.Stale) return Optional.of(ErrorCode.DATA_STALE);
        long since = lostAt;
        if (since == NEVER || nanos.getAsLong() - since <= maxageNanos) return Optional.empty();
        boolean gone = snapshot.health() instanceof Health.DriverMissing;
        return Optional.of(gone ? ErrorCode.DRIVER_NOT_CONNECTED : ErrorCode.DATA_STALE);
    }

    /** Logs when the UPS connects, becomes stale, recovers or disconnects; once each, in the words of NUT. */
    synchronized void judge(long maxageNanos) {
        Snapshot now = snapshot();
        Optional<ErrorCode> state = unavailable(now, maxageNanos);
        if (state.equals(logged)) return;
        if (state.isEmpty())
            log.info(
                    logged.equals(STALE) ? "UPS [{}] data is no longer stale" : "Connected to UPS [{}]: {}",
                    name,
                    now.value("driver.name").orElse("driver") + '-' + name);
        else if (state.equals(STALE)) log.warn("Data for UPS [{}] is stale - check driver", name);
        else log.warn("UPS [{}] has no driver that is connected", name);
        logged = state;
    }

    public CompletionStage<Outcome> set(String variable, String value) {
        Attached now = device;
        return now == null ? gone() : ordered(() -> now.service().set(variable, value));
    }

    public CompletionStage<Outcome> run(String command, String argument) {
        Attached now = device;
        return now == null ? gone() : ordered(() -> now.service().run(command, argument));
    }

    public boolean fsd() {
        return fsd;
    }

    /** Sets the FSD latch, which only the removal of the section clears. */
    public void latchFsd() {
        fsd = true;
    }

    /** The clients that are logged in, newest first, as LIST CLIENT shows them. */
    public List<Client> clients() {
        return clients;
    }

    public void addClient(Client client) {
        clients.add(0, client);
    }

    public void removeClient(Client client) {
        clients.remove(client);
    }

    /** The encoded replies for this snapshot, which all clients share. */
    public ReplyCache replies(Snapshot snapshot) {
        ReplyCache now = cache;
        if (now.serves(snapshot, fsd)) return now;
        var next = new ReplyCache(snapshot, fsd);
        cache = next;
        return next;
    }

    /** Reads the device. A device that throws has no connected driver; the log says so once. */
    private Snapshot ask(Attached of) {
        try {
            Snapshot current = Objects.requireNonNull(of.service().snapshot(), "it gave no snapshot");
            if (failing) failing = false;
            return current;
        } catch (RuntimeException | Error theirs) {
            if (!failing)
                log.error("UPS [{}]: its driver fails to report values: {}", name, ErrorText.of(theirs), theirs);
            failing = true;
            return NO_DRIVER;
        }
    }

    private CompletionStage<Outcome> ordered(Supplier<CompletionStage<Outcome>> order) {
        try {
            return Objects.requireNonNull(order.get(), "it gave no outcome");
        } catch (RuntimeException | Error theirs) {
            log.error("UPS [{}]: its driver fails to execute a command: {}", name, ErrorText.of(theirs), theirs);
            return CompletableFuture.completedFuture(Outcome.failed("the driver failed: " + ErrorText.of(theirs)));
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
