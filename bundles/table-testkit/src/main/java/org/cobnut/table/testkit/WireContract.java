package org.cobnut.table.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cobnut.model.Outcome;
import org.cobnut.table.Wire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What the table engine expects of every {@link Wire}. A family extends this and says what its devices are.
 *
 * @param <A> the address of the wire
 */
@Timeout(30)
public abstract class WireContract<A> {
    /** Makes a wire. */
    @FunctionalInterface
    public interface Opener<A> {
        Wire<A> open() throws IOException;
    }

    /**
     * The devices of a test.
     *
     * @param answering opens one that answers for all addresses and takes the command
     * @param silent opens one that answers nothing
     * @param readable addresses of at least two units, several of one of them
     * @param command what {@code raw} is written to
     */
    public record Devices<A>(Opener<A> answering, Opener<A> silent, List<A> readable, A command, String raw) {}

    protected abstract Devices<A> devices();

    private static <A> Map<Object, List<A>> units(Wire<A> wire, List<A> addresses) {
        var units = new LinkedHashMap<Object, List<A>>();
        for (A address : addresses)
            units.computeIfAbsent(wire.unit(address), unit -> new ArrayList<>()).add(address);
        return units;
    }

    @Test
    void groupsAddressesIntoUnitsThatCompareByValue() throws IOException {
        try (Wire<A> one = devices().answering().open();
                Wire<A> other = devices().answering().open()) {
            assertThat(one.batch()).isPositive();
            assertThat(units(one, devices().readable())).hasSizeGreaterThan(1);
            for (A address : devices().readable()) assertThat(one.unit(address)).isEqualTo(other.unit(address));
        }
    }

    @Test
    void answersForEveryAddressOfAUnitAndForNoOther() throws IOException {
        try (Wire<A> wire = devices().answering().open()) {
            for (List<A> addresses : units(wire, devices().readable()).values())
                assertThat(wire.read(addresses).keySet()).containsExactlyInAnyOrderElementsOf(addresses);
        }
    }

    @Test
    void answersForAsManyUnitsAtOnceAsItSays() throws IOException {
        try (Wire<A> wire = devices().answering().open()) {
            List<A> batch = units(wire, devices().readable()).values().stream()
                    .limit(wire.batch())
                    .flatMap(List::stream)
                    .toList();
            assertThat(wire.read(batch).keySet()).containsExactlyInAnyOrderElementsOf(batch);
        }
    }

    @Test
    void readsTheSameTwice() throws IOException {
        try (Wire<A> wire = devices().answering().open()) {
            List<A> unit = units(wire, devices().readable()).values().iterator().next();
            assertThat(wire.read(unit)).isEqualTo(wire.read(unit));
        }
    }

    @Test
    void knowsNothingOfASilentDevice() throws IOException {
        try (Wire<A> wire = devices().silent().open()) {
            for (List<A> addresses : units(wire, devices().readable()).values()) {
                try {
                    assertThat(wire.read(addresses)).isEmpty();
                } catch (IOException lost) {
                    assertThat(lost).hasMessageMatching("(?s).*\\S.*");
                }
            }
        }
    }

    @Test
    void saysWhatBecameOfAWrite() throws IOException {
        try (Wire<A> wire = devices().answering().open()) {
            assertThat(wire.write(devices().command(), devices().raw())).isEqualTo(Outcome.handled());
        }
    }

    @Test
    void isClosedTwiceWithoutHarmToAnother() throws IOException {
        try (Wire<A> other = devices().answering().open()) {
            Wire<A> wire = devices().answering().open();
            wire.close();
            wire.close();
            List<A> unit =
                    units(other, devices().readable()).values().iterator().next();
            assertThat(other.read(unit)).isNotEmpty();
        }
    }
}
