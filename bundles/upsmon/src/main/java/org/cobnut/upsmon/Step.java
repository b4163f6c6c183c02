package org.cobnut.upsmon;

import java.util.List;

/** What a reading led to: all that is remembered from now on, and what is to be done, in this order. */
record Step(State next, List<Effect> effects) {
    Step {
        effects = List.copyOf(effects);
    }
}
