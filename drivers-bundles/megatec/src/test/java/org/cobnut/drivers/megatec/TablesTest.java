package org.cobnut.drivers.megatec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.cobnut.drivers.megatec.dialect.Dialect;
import org.cobnut.drivers.megatec.voltronic.Voltronic;
import org.cobnut.drivers.megatec.voltronic.VoltronicWarnings;
import org.cobnut.drivers.megatec.wire.Address;
import org.cobnut.drivers.megatec.wire.Address.Columns;
import org.cobnut.drivers.megatec.wire.Query;
import org.cobnut.table.Cadence;
import org.cobnut.table.Row;
import org.cobnut.table.Row.Command;
import org.cobnut.table.Row.Field;
import org.cobnut.table.Row.Flag;
import org.cobnut.table.Row.Reading;
import org.cobnut.table.Row.Setting;
import org.cobnut.testkit.FieldDumps;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TablesTest {
    /** The first parts of the names that NUT's dictionary has. */
    private static final Set<String> DOMAINS = Set.of(
            "ups", "input", "output", "battery", "ambient", "outlet", "device", "driver", "load", "experimental");

    static Stream<Dialect> tables() {
        return Stream.concat(Dialects.QX.stream(), Dialects.BLAZER.stream());
    }

    @ParameterizedTest
    @MethodSource("tables")
    void readsOnlyColumnsThatEveryGoodAnswerHas(Dialect table) {
        for (Row<Address> row : table.rows())
            if (row instanceof Reading<Address> reading && reading.source().address() instanceof Columns columns)
                within(columns.query(), columns.from(), columns.to());
    }

    @ParameterizedTest
    @MethodSource("tables")
    void usesNamesOfTheDictionary(Dialect table) {
        for (Field<?> field : TablesTest.<Field<?>>all(table, Field.class)) {
            if (!field.name().contains(".")) continue;
            assertThat(field.name()).matches("[a-z][A-Za-z0-9-]*(\\.[A-Za-z0-9-]+)+");
            assertThat(DOMAINS).contains(field.name().substring(0, field.name().indexOf('.')));
        }
    }

    @Test
    void haveTheNamesThatRealUnitsTold() throws IOException {
        // What the driver says by itself, what a user set, and names of old releases of C.
        var known = new HashSet<>(
                Set.of("ups.status", "ups.alarm", "ups.vendorid", "ups.productid", "ups.mfg", "battery.lowbatt"));
        known.addAll(List.of(
                "beeper.status", "battery.charge.low", "battery.runtime.low", "ups.delay.shutdown", "ups.delay.start"));
        tables().flatMap(table -> TablesTest.<Field<?>>all(table, Field.class).stream())
                .forEach(field -> known.add(field.name()));
        for (var dumps : List.of(FieldDumps.of("blazer_ser"), FieldDumps.of("blazer_usb"), FieldDumps.of("nutdrv_qx")))
            for (var dump : dumps) {
                dump.keySet().removeIf(name -> name.startsWith("device."));
                assertThat(known).containsAll(dump.keySet());
            }
    }

    @ParameterizedTest
    @MethodSource("tables")
    void namesEveryCommandAndSettingOnce(Dialect table) {
        assertThat(TablesTest.<Command<?>>all(table, Command.class))
                .extracting(Command::name)
                .doesNotHaveDuplicates();
        assertThat(TablesTest.<Setting<?>>all(table, Setting.class))
                .extracting(Setting::name)
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("tables")
    void showsWhatCanBeSet(Dialect table) {
        var shown = new HashSet<>(TablesTest.<Field<?>>all(table, Field.class).stream()
                .map(Field::name)
                .toList());
        shown.add("reset_to_default"); // an act, not a value
        assertThat(TablesTest.<Setting<?>>all(table, Setting.class))
                .extracting(Setting::name)
                .isSubsetOf(shown);
    }

    @ParameterizedTest
    @MethodSource("tables")
    void mustBeAnsweredInWhatTellsMainsFromBattery(Dialect table) {
        List<Query> quick = table.queries().stream()
                .filter(query -> query.when() == Cadence.QUICK)
                .toList();
        assertThat(quick).hasSize(1);
        assertThat(TablesTest.<Flag<?>>all(table, Flag.class))
                .extracting(flag -> ((Columns) flag.source().address()).query())
                .contains(quick.get(0));
        assertThat(table.probes()).extracting(Dialect.Probe::query).contains(quick.get(0));
    }

    @Test
    void takesEveryOptionOfADialectForAnOptionOfTheDriver() {
        List<String> options = MegatecOptions.qx().all().stream()
                .map(org.cobnut.driver.Option::name)
                .toList();
        assertThat(TablesTest.<Setting<?>>all(Voltronic.TABLE, Setting.class))
                .extracting(Setting::name)
                .filteredOn(name -> !name.contains("."))
                .isSubsetOf(options);
    }

    @Test
    void wordsEveryWarning() {
        assertThat(VoltronicWarnings.sentences("1".repeat(64)))
                .hasSize(64)
                .doesNotHaveDuplicates()
                .contains("UPS warning: battery low", "UPS warning 59");
    }

    @SuppressWarnings("unchecked") // filtered by the very class
    private static <R> List<R> all(Dialect dialect, Class<?> kind) {
        return (List<R>) dialect.rows().stream().filter(kind::isInstance).toList();
    }

    private static void within(Query query, int from, int to) {
        int last = query.width() - 2; // the CR stands last
        assertThat(from).as(query.text()).isBetween(0, to == Address.REST ? last + 1 : last);
        assertThat(to).as(query.text()).isLessThanOrEqualTo(last);
        assertThat(to == Address.REST || to >= from).as(query.text()).isTrue();
    }
}
