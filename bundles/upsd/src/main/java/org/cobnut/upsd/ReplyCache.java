package org.cobnut.upsd;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.cobnut.model.Snapshot;
import org.cobnut.wire.Request.Query;
import org.jspecify.annotations.Nullable;

/**
 * The replies to one snapshot, each encoded once, on first ask, and then shared by all clients. Bounded by what the
 * snapshot holds, because only queries in names as they are configured are kept; thrown away with the snapshot.
 */
final class ReplyCache {
    private final Snapshot snapshot;
    private final boolean fsd;
    private final Map<Query, byte[]> replies = new ConcurrentHashMap<>();

    ReplyCache(Snapshot snapshot, boolean fsd) {
        this.snapshot = snapshot;
        this.fsd = fsd;
    }

    /** Whether these replies are to that very snapshot; comparing its values would cost more than encoding them. */
    @SuppressWarnings("ReferenceEquality")
    boolean serves(Snapshot now, boolean fsdNow) {
        return snapshot == now && fsd == fsdNow;
    }

    /** The reply to these very words, if anybody asked before. */
    byte @Nullable [] kept(Query query) {
        return replies.get(query);
    }

    void keep(Query query, byte[] reply) {
        replies.put(query, reply);
    }
}
