package org.cobnut.drivers.liebert;

/**
 * A contact that counts as changed only when it was seen so several times in a row. Immutable.
 *
 * @param state what counts
 * @param last what was seen last
 * @param same how often in a row that was seen again
 */
record Debounce(boolean state, boolean last, int same) {
    /** How often a contact must be seen again before it counts. */
    static final int TIMES = 3;

    static final Debounce OPEN = new Debounce(false, false, 0);

    /** What is known after another look. */
    Debounce look(boolean now) {
        int times = now == last ? Math.min(same + 1, TIMES) : 0;
        return new Debounce(times == TIMES ? now : state, now, times);
    }
}
