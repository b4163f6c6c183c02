package org.cobnut.table.mapping;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cobnut.table.Cadence;
import org.cobnut.table.Format;
import org.cobnut.table.Row;
import org.cobnut.table.Words;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * What a family adds to the grammar of mapping files: how its addresses are written, and the functions that its files may
 * name. Stateless; any thread.
 *
 * @param <A> the address of the family's wire
 */
@ConsumerType
public interface MappingKind<A> {
    /** The name that the first line of a file has, such as "snmp". */
    String name();

    /** The keywords of lines that declare something of this kind, such as a question; none for most. */
    default Set<String> declarations() {
        return Set.of();
    }

    /**
     * Makes the reader of addresses for one file.
     *
     * @param base what the file's {@code base} says; empty without one
     * @param declared lines of the file that begin with one of {@link #declarations}, as words: first none, then those up to
     *     the first, the second and so on, so that a fault has its line
     * @throws IllegalArgumentException with the reason when these make no sense
     */
    Addresses<A> addresses(String base, List<List<String>> declared);

    /** How often an address is read where the row does not say; empty for what such a row has by itself. */
    default Optional<Cadence> cadence(A address) {
        return Optional.empty();
    }

    /**
     * Looks at a mapping as a whole.
     *
     * @throws IllegalArgumentException with the reason for a mapping that the family cannot use
     */
    default void check(Mapping<A> mapping) {}

    /** Functions that a variable may name behind {@code via}. */
    default Map<String, Format> formats() {
        return Map.of();
    }

    /** Functions that a status or alarm may name behind {@code via}. */
    default Map<String, Words> words() {
        return Map.of();
    }

    /** Functions that a setting or command may name behind {@code via}. */
    default Map<String, Row.Argument> arguments() {
        return Map.of();
    }

    /** Reads addresses as a file writes them. */
    @FunctionalInterface
    interface Addresses<A> {
        /** @throws IllegalArgumentException with the reason for a text that is no address */
        A parse(String text);
    }
}
