package org.cobnut.upsd.protocol;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.cobnut.model.Outcome;
import org.cobnut.wire.ErrorCode;
import org.cobnut.wire.Reply;

/**
 * The outcomes of SET and INSTCMD that clients follow (network-protocol, "TRACKING"). Ids are random and valid on every
 * connection; entries end after the configured delay, or when there are too many.
 */
public final class Tracking {
    private static final int MOST = 100_000;
    private static final Reply PENDING = new Reply.Text("PENDING");
    private static final Reply SUCCESS = new Reply.Text("SUCCESS");

    private final LongSupplier nanos;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    private record Entry(long since, CompletionStage<Outcome> under, Reply state) {}

    public Tracking(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Follows a request that was handed to a driver; the id is a version 4 UUID in upper case. */
    String follow(CompletionStage<Outcome> under, long keepNanos) {
        String id = UUID.randomUUID().toString().toUpperCase(Locale.ROOT);
        long now = nanos.getAsLong();
        synchronized (entries) {
            purge(now, keepNanos);
            entries.put(id, new Entry(now, under, PENDING));
        }
        under.whenComplete((outcome, failure) -> end(id, failure == null ? reply(outcome) : failed()));
        return id;
    }

    /** The state of an id, or ERR UNKNOWN for one that is not, or no longer, known. */
    Reply state(String id, long keepNanos) {
        synchronized (entries) {
            purge(nanos.getAsLong(), keepNanos);
            Entry entry = entries.get(id.toUpperCase(Locale.ROOT));
            return entry == null ? new Reply.Err(ErrorCode.UNKNOWN) : entry.state();
        }
    }

    /** The outcome that an id stands for; nothing for one that is not, or no longer, known. */
    Optional<CompletionStage<Outcome>> outcome(String id) {
        synchronized (entries) {
            return Optional.ofNullable(entries.get(id)).map(Entry::under);
        }
    }

    private void end(String id, Reply state) {
        synchronized (entries) {
            entries.computeIfPresent(id, (same, entry) -> new Entry(entry.since(), entry.under(), state));
        }
    }

    private void purge(long now, long keepNanos) {
        Iterator<Entry> oldest = entries.values().iterator();
        while (oldest.hasNext() && (now - oldest.next().since() > keepNanos || entries.size() >= MOST)) oldest.remove();
    }

    private static Reply reply(Outcome outcome) {
        return switch (outcome.code()) {
            case HANDLED -> SUCCESS;
            case UNKNOWN -> new Reply.Err(ErrorCode.UNKNOWN);
            case INVALID, CONVERSION_FAILED -> new Reply.Err(ErrorCode.INVALID_ARGUMENT);
            case FAILED -> failed();
        };
    }

    private static Reply failed() {
        return new Reply.Err(ErrorCode.FAILED);
    }
}
