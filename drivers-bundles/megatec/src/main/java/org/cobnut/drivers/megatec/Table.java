package org.cobnut.drivers.megatec;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.cobnut.drivers.megatec.Row.Alarm;
import org.cobnut.drivers.megatec.Row.Field;
import org.cobnut.drivers.megatec.Row.Flag;
import org.cobnut.drivers.megatec.Row.Order;
import org.cobnut.drivers.megatec.Row.Setting;

/**
 * A dialect.
 *
 * @param name as the option {@code protocol} has it
 * @param title as driver.version.data shows it
 * @param claims what a UPS must answer to be taken for one of these, asked in this order
 * @param replies how it answers a command
 * @param vendor the questions left out when the section says novendor
 * @param rating the questions left out when the section says norating
 */
record Table(
        String name,
        String title,
        List<Claim> claims,
        Replies replies,
        Delays.Limits limits,
        Set<Query> vendor,
        Set<Query> rating,
        List<Row> rows) {
    /** A question, and what its answer must hold besides its shape. */
    record Claim(Query query, Pattern answer) {
        static Claim answers(Query query) {
            return new Claim(query, Pattern.compile("(?s).*"));
        }

        static Claim answers(Query query, String pattern) {
            return new Claim(query, Pattern.compile(pattern + "\r"));
        }
    }

    /** How a dialect answers commands. */
    enum Replies {
        /** Not at all, or with ACK; everything else is a refusal. */
        SILENCE_OR_ACK,
        /** Always with ACK or NAK; silence is a failure. */
        ACK,
        /** Not at all; every answer is a refusal. */
        SILENCE
    }

    Table {
        claims = List.copyOf(claims);
        rows = List.copyOf(rows);
    }

    /** Parts of a table, one behind the other. */
    @SafeVarargs
    static List<Row> rows(List<Row>... parts) {
        var all = new ArrayList<Row>();
        for (List<Row> part : parts) all.addAll(part);
        return List.copyOf(all);
    }

    /** Every question of the table, in its order. */
    List<Query> queries() {
        var queries = new LinkedHashSet<Query>();
        rows.forEach(row -> query(row).ifPresent(queries::add));
        return List.copyOf(queries);
    }

    <T extends Row> List<T> all(Class<T> kind) {
        return rows.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    Optional<Setting> setting(String name) {
        return all(Setting.class).stream()
                .filter(setting -> setting.name().equalsIgnoreCase(name))
                .findFirst();
    }

    Optional<Order> order(String command) {
        return all(Order.class).stream()
                .filter(order -> order.command().equalsIgnoreCase(command))
                .findFirst();
    }

    /** The question that a row reads the answer of. */
    static Optional<Query> query(Row row) {
        if (row instanceof Field field) return Optional.of(field.query());
        if (row instanceof Flag flag) return Optional.of(flag.query());
        if (row instanceof Alarm alarm) return Optional.of(alarm.query());
        if (row instanceof Order || row instanceof Setting) return Optional.empty();
        throw new AssertionError(row);
    }
}
