package org.cobnut.bench;

import java.util.Arrays;

/** Latencies in microseconds, the newest million of them. */
final class Latencies {
    private final int[] micros = new int[1 << 20];
    private int count;

    void add(long nanos) {
        micros[count++ & micros.length - 1] = (int) (nanos / 1000);
    }

    void clear() {
        count = 0;
    }

    /** The latency that this share of all did not exceed; 0 when there is none. */
    int at(double share) {
        int[] sorted = Arrays.copyOf(micros, Math.min(count, micros.length));
        Arrays.sort(sorted);
        return sorted.length == 0 ? 0 : sorted[(int) ((sorted.length - 1) * share)];
    }
}
