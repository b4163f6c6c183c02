package org.cobnut.link.snmp.agent;

/**
 * How many objects one agent is asked for at once, which is found out: requests grow while their answers fit into one packet,
 * and are halved when an agent does not take them. One that stayed silent may have been busy only, so larger ones are tried
 * again, after ever more answers. Used by one thread at a time.
 */
final class RequestSize {
    /** Objects of a request at first: their answer fits into one packet of Ethernet as a rule. */
    private static final int FIRST = 32;

    /** Objects of a request, when the answers are short. */
    private static final int MOST = 64;

    /** Bytes of an answer that fit into one packet of Ethernet, with room for what stands around them. */
    private static final int PACKET = 1250;

    /** Answers before a larger request is tried again; four times as many after each that failed. */
    private static final int FIRST_CALM = 16;

    private static final int MOST_CALM = 1 << 16;

    private int size = FIRST;
    /** Requests do not grow beyond this, for a larger one failed. */
    private int limit = MOST;
    /** The largest request that was answered. */
    private int proven;

    private int calm = FIRST_CALM;
    private int answers;
    /** Whether the limit was raised after a failure. */
    private boolean raised;

    /** Objects of the next request at most. */
    int most() {
        return size;
    }

    /** Whether an agent that is silent may have been asked for too much. */
    boolean mayBeTooLarge(int objects) {
        return objects > Math.max(1, proven);
    }

    /** The agent said something to a request for so many objects, be it that it lacks one. */
    void heard(int objects) {
        proven = Math.max(proven, objects);
    }

    /** A request for so many objects was answered in full, by so many bytes. */
    void answered(int objects, int bytes) {
        if (limit < MOST && ++answers >= calm) {
            limit = Math.min(MOST, 2 * limit);
            answers = 0;
            raised = true;
        }
        if (objects == size) size = Math.max(size, Math.min(limit, PACKET * size / Math.max(1, bytes)));
    }

    /** A request for so many objects was too large. */
    void tooLarge(int objects) {
        if (raised) calm = Math.min(MOST_CALM, 4 * calm);
        raised = false;
        answers = 0;
        proven = Math.min(proven, Math.max(1, objects / 2));
        size = Math.max(1, objects / 2);
        limit = size;
    }
}
