package org.cobnut.table;

import java.util.Optional;

/**
 * Where a row is read, how often, and for which devices. Immutable; made by the factories of {@link Row}.
 *
 * @param <A> the address of the family's {@link Wire}
 */
public final class Source<A> {
    private final A address;
    private final Cadence cadence;
    private final Condition need;
    private final Optional<String> origin;

    private Source(A address, Cadence cadence, Condition need, Optional<String> origin) {
        this.address = address;
        this.cadence = cadence;
        this.need = need;
        this.origin = origin;
    }

    static <A> Source<A> of(A address, Cadence cadence) {
        return new Source<>(address, cadence, Condition.ALWAYS, Optional.empty());
    }

    public A address() {
        return address;
    }

    public Cadence cadence() {
        return cadence;
    }

    /** Whether a device has what is read here. */
    public Condition need() {
        return need;
    }

    /** The file and line that this row comes from; empty for a row of a program. */
    public Optional<String> origin() {
        return origin;
    }

    Source<A> every(Cadence other) {
        return new Source<>(address, other, need, origin);
    }

    Source<A> when(Condition other) {
        return new Source<>(address, cadence, need.and(other), origin);
    }

    Source<A> from(String file) {
        return new Source<>(address, cadence, need, Optional.of(file));
    }
}
