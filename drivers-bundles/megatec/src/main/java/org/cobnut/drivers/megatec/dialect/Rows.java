package org.cobnut.drivers.megatec.dialect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.cobnut.drivers.megatec.wire.Address;
import org.cobnut.drivers.megatec.wire.Address.Columns;
import org.cobnut.drivers.megatec.wire.Query;
import org.cobnut.model.VarType;
import org.cobnut.table.Condition;
import org.cobnut.table.Format;
import org.cobnut.table.Known;
import org.cobnut.table.Row;
import org.cobnut.table.Row.Argument;
import org.cobnut.table.Words;

/** The rows of this family's tables; how often a question is asked, and of whom, is the question's. */
public final class Rows {
    private Rows() {}

    public static Row.Field<Address> field(Query query, int from, int to, String name, Format format) {
        return Row.<Address>field(new Columns(query, from, to), name, format)
                .every(query.when())
                .when(query.need());
    }

    public static Row<Address> flag(Query query, int at, String zero, String one) {
        return flag(query, at, at, Words.bit(zero, one));
    }

    public static Row<Address> flag(Query query, int from, int to, Words words) {
        return Row.<Address>flag(new Columns(query, from, to), words)
                .every(query.when())
                .when(query.need());
    }

    public static Row<Address> alarm(Query query, int at, String one) {
        return alarm(query, at, at, Words.bit("", one));
    }

    public static Row<Address> alarm(Query query, int from, int to, Words sentences) {
        return Row.<Address>alarm(new Columns(query, from, to), sentences)
                .every(query.when())
                .when(query.need());
    }

    public static Row<Address> command(String name, String wire) {
        return command(name, (argument, known) -> wire);
    }

    public static Row<Address> command(String name, Argument wire) {
        return Row.<Address>command(name, Address.Line.COMMAND, wire);
    }

    public static Row<Address> command(String name, String wire, Condition need) {
        return Row.<Address>command(name, Address.Line.COMMAND, (argument, known) -> wire)
                .when(need);
    }

    public static Row<Address> setting(
            String name, Function<Known, Optional<VarType>> type, Function<String, String> wire) {
        return Row.setting(name, Address.Line.COMMAND, type, (value, known) -> wire.apply(value));
    }

    /** Parts of a table, one behind the other. */
    @SafeVarargs
    public static List<Row<Address>> rows(List<Row<Address>>... parts) {
        var all = new ArrayList<Row<Address>>();
        for (List<Row<Address>> part : parts) all.addAll(part);
        return List.copyOf(all);
    }
}
