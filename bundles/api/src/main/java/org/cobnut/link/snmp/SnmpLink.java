package org.cobnut.link.snmp;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.cobnut.link.Link;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One agent of SNMP. An OID is written as numbers with dots between them, without a dot in front. Used by one thread at a
 * time, but for {@link #close}; each call blocks until the agent has answered. An interrupt ends a call, with
 * {@link java.io.InterruptedIOException}. Reads are repeated as {@link SnmpParameters#retries} says; a {@link #set} is sent
 * once.
 *
 * <p>A silent agent gives {@link org.cobnut.link.NoAnswerException}, and one that answers with an error gives
 * {@link SnmpException}; the link is good after both. Every other IOException means that the link is closed.
 */
@ProviderType
public interface SnmpLink extends Link {
    /**
     * Reads objects, in as few requests as the agent takes: a request is halved when the agent says that its answer is too big,
     * and when it leaves objects out.
     *
     * @return the values by the OIDs that were asked for, in that order; one that the agent does not have is absent
     */
    Map<String, SnmpValue> get(Collection<String> oids) throws IOException;

    /**
     * Finds the first object behind each OID.
     *
     * @return the objects by the OIDs that were asked for; absent where nothing follows
     */
    Map<String, SnmpObject> next(Collection<String> oids) throws IOException;

    /**
     * Reads a subtree.
     *
     * @param most objects; what is beyond is left out
     * @return the values by their OIDs, in the order of the tree; empty for a subtree that the agent does not have
     */
    SortedMap<String, SnmpValue> walk(String subtree, int most) throws IOException;

    /**
     * Writes objects in one request, which the agent obeys as a whole or not at all.
     *
     * @throws SnmpException when the agent refuses, with its reason
     * @throws org.cobnut.link.NoAnswerException when it stays silent; then it may have obeyed
     */
    void set(List<SnmpObject> objects) throws IOException;
}
