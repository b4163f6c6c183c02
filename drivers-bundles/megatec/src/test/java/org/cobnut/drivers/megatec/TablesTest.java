package org.cobnut.drivers.megatec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.cobnut.drivers.megatec.Row.Alarm;
import org.cobnut.drivers.megatec.Row.Field;
import org.cobnut.drivers.megatec.Row.Flag;
import org.cobnut.drivers.megatec.Row.Order;
import org.cobnut.drivers.megatec.Row.Setting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TablesTest {
    /** The first parts of the names that NUT's dictionary has. */
    private static final Set<String> DOMAINS =
            Set.of("ups", "input", "output", "battery", "ambient", "outlet", "device", "driver");

    static Stream<Table> tables() {
        return Stream.concat(Dialects.QX.stream(), Dialects.BLAZER.stream());
    }

    @ParameterizedTest
    @MethodSource("tables")
    void readsOnlyColumnsThatEveryGoodAnswerHas(Table table) {
        for (Row row : table.rows()) {
            if (row instanceof Field field) within(field.query(), field.from(), field.to());
            if (row instanceof Flag flag) within(flag.query(), flag.from(), flag.to());
            if (row instanceof Alarm alarm) within(alarm.query(), alarm.from(), alarm.to());
        }
    }

    @ParameterizedTest
    @MethodSource("tables")
    void usesNamesOfTheDictionary(Table table) {
        for (Field field : table.all(Field.class)) {
            if (!field.name().contains(".")) continue;
            assertThat(field.name()).matches("[a-z][A-Za-z0-9-]*(\\.[A-Za-z0-9-]+)+");
            assertThat(DOMAINS).contains(field.name().substring(0, field.name().indexOf('.')));
        }
    }

    @ParameterizedTest
    @MethodSource("tables")
    void namesEveryCommandAndSettingOnce(Table table) {
        assertThat(table.all(Order.class)).extracting(Order::command).doesNotHaveDuplicates();
        assertThat(table.all(Setting.class)).extracting(Setting::name).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("tables")
    void showsWhatCanBeSet(Table table) {
        var shown =
                new HashSet<>(table.all(Field.class).stream().map(Field::name).toList());
        shown.add("reset_to_default"); // an act, not a value
        assertThat(table.all(Setting.class)).extracting(Setting::name).isSubsetOf(shown);
    }

    @ParameterizedTest
    @MethodSource("tables")
    void mustBeAnsweredInWhatTellsMainsFromBattery(Table table) {
        List<Query> quick = table.queries().stream()
                .filter(query -> query.when() == Query.When.QUICK)
                .toList();
        assertThat(quick).hasSize(1);
        assertThat(table.all(Flag.class)).extracting(Flag::query).contains(quick.get(0));
        assertThat(table.claims()).extracting(Table.Claim::query).contains(quick.get(0));
    }

    @Test
    void takesEveryOptionOfADialectForAnOptionOfTheDriver() {
        List<String> options = MegatecOptions.qx().all().stream()
                .map(org.cobnut.driver.Option::name)
                .toList();
        assertThat(Voltronic.TABLE.all(Setting.class))
                .extracting(Setting::name)
                .filteredOn(name -> !name.contains("."))
                .isSubsetOf(options);
    }

    @Test
    void knowsTheQuestionOfEveryKindOfRow() {
        assertThat(Row.class.getPermittedSubclasses())
                .containsExactlyInAnyOrder(Field.class, Flag.class, Alarm.class, Order.class, Setting.class);
        assertThat(tables().flatMap(table -> table.rows().stream())
                        .filter(row -> Table.query(row).isEmpty()))
                .allMatch(row -> row instanceof Order || row instanceof Setting);
    }

    @Test
    void wordsEveryWarning() {
        assertThat(VoltronicWarnings.sentences("1".repeat(64)))
                .hasSize(64)
                .doesNotHaveDuplicates()
                .contains("UPS warning: battery low", "UPS warning 59");
    }

    private static void within(Query query, int from, int to) {
        int last = query.width() - 2; // the CR stands last
        assertThat(from).as(query.text()).isBetween(0, to == Row.REST ? last + 1 : last);
        assertThat(to).as(query.text()).isLessThanOrEqualTo(last);
        assertThat(to == Row.REST || to >= from).as(query.text()).isTrue();
    }
}
