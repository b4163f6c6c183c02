package org.cobnut.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Compares the things of each round with those of the round before, place by place. */
final class Changes {
    private final List<@Nullable Object> last = new ArrayList<>();
    private int next;
    private boolean differs;

    void begin() {
        next = 0;
        differs = false;
    }

    void add(@Nullable Object thing) {
        if (next == last.size()) {
            last.add(thing);
            differs = true;
        } else if (!Objects.equals(last.get(next), thing)) {
            last.set(next, thing);
            differs = true;
        }
        next++;
    }

    /** Tells whether this round had other things, or fewer, than the one before. */
    boolean end() {
        if (next == last.size()) return differs;
        last.subList(next, last.size()).clear();
        return true;
    }
}
