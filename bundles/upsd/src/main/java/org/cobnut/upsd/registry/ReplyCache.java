package org.cobnut.upsd.registry;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.cobnut.model.Snapshot;
import org.cobnut.wire.Request.Query;
import org.jspecify.annotations.Nullable;

/**
 * The encoded replies for one snapshot, which all clients share. Bounded by the snapshot, because only queries with
 * configured names are kept; discarded with the snapshot.
 */
public final class ReplyCache {
    private final Snapshot snapshot;
    private final boolean fsd;
    private final Map<Query, byte[]> replies = new ConcurrentHashMap<>();

    ReplyCache(Snapshot snapshot, boolean fsd) {
        this.snapshot = snapshot;
        this.fsd = fsd;
    }

    /** Whether the replies are for this snapshot object; comparing its values would cost more than encoding them. */
    @SuppressWarnings("ReferenceEquality")
    boolean serves(Snapshot now, boolean fsdNow) {
        return snapshot == now && fsd == fsdNow;
    }

    /** The reply to this query; null when it has not been encoded yet. */
    public byte @Nullable [] kept(Query query) {
        return replies.get(query);
    }

    public void keep(Query query, byte[] reply) {
        replies.put(query, reply);
    }
}
