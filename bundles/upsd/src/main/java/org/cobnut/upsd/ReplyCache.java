package org.cobnut.upsd;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.cobnut.model.Snapshot;
import org.jspecify.annotations.Nullable;

/**
 * The replies to one snapshot, each encoded once, on first ask, and then shared by all clients. Bounded by what the
 * snapshot holds, because only names as they are configured are kept; thrown away with the snapshot.
 */
final class ReplyCache {
    private final Snapshot snapshot;
    private final boolean fsd;
    private final Map<String, byte[]> replies = new ConcurrentHashMap<>();

    ReplyCache(Snapshot snapshot, boolean fsd) {
        this.snapshot = snapshot;
        this.fsd = fsd;
    }

    /** Whether these replies are to that very snapshot; comparing its values would cost more than encoding them. */
    @SuppressWarnings("ReferenceEquality")
    boolean serves(Snapshot now, boolean fsdNow) {
        return snapshot == now && fsd == fsdNow;
    }

    /** The reply under this key, if anybody asked before. */
    byte @Nullable [] kept(String key) {
        return replies.get(key);
    }

    /** The reply under this key, encoded now if nobody asked before. */
    byte[] get(String key, Supplier<byte[]> encode) {
        byte[] kept = replies.get(key);
        return kept != null ? kept : replies.computeIfAbsent(key, missing -> encode.get());
    }
}
