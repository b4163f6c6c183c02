package org.cobnut.upsmon.engine;

import java.util.List;

/** The result of a reading: the next state, and the effects in their order. */
public record Step(State next, List<Effect> effects) {
    public Step {
        effects = List.copyOf(effects);
    }
}
