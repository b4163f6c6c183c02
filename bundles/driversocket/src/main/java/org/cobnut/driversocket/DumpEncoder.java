package org.cobnut.driversocket;

import java.util.List;
import java.util.function.Function;
import org.cobnut.model.Range;
import org.cobnut.model.Snapshot;
import org.cobnut.model.VarType;
import org.cobnut.model.Variable;
import org.cobnut.wire.Quote;

/** A device in the lines by which a driver tells of it (sock-protocol, "Commands used by the drivers"). Pure. */
final class DumpEncoder {
    private static final String STALE = "DATASTALE\n";
    private static final String FRESH = "DATAOK\n";
    private static final String DONE = "DUMPDONE\n";

    private final StringBuilder lines = new StringBuilder();

    private DumpEncoder() {}

    /** All of it, as DUMPALL wants it. */
    static String all(Snapshot device, boolean fresh) {
        var dump = new DumpEncoder();
        if (!fresh) dump.lines.append(STALE);
        device.variables().values().forEach(dump::whole);
        device.commands().forEach(command -> dump.command("ADDCMD", command));
        if (fresh) dump.lines.append(FRESH);
        return dump.lines.append(DONE).toString();
    }

    /** One variable, as DUMPVALUE wants it; nothing but the end when there is none of that name. */
    static String one(Snapshot device, String name) {
        var dump = new DumpEncoder();
        Variable known = device.variables().get(name);
        if (known != null) dump.whole(known);
        return dump.lines.append(DONE).toString();
    }

    /** What makes the one device of the other; empty when they are the same. */
    static String difference(Snapshot before, boolean freshBefore, Snapshot after, boolean fresh) {
        var dump = new DumpEncoder();
        if (freshBefore && !fresh) dump.lines.append(STALE);
        before.variables().forEach((name, variable) -> {
            if (!after.variables().containsKey(name)) dump.line("DELINFO", variable, "");
        });
        after.variables().forEach((name, variable) -> {
            Variable old = before.variables().get(name);
            if (old == null) dump.whole(variable);
            else if (!old.equals(variable)) dump.changed(old, variable);
        });
        before.commands().forEach(command -> {
            if (!after.commands().contains(command)) dump.command("DELCMD", command);
        });
        after.commands().forEach(command -> {
            if (!before.commands().contains(command)) dump.command("ADDCMD", command);
        });
        if (!freshBefore && fresh) dump.lines.append(FRESH);
        return dump.lines.toString();
    }

    private void whole(Variable variable) {
        value(variable);
        VarType type = variable.type();
        add(variable, "ADDENUM", type.choices(), Quote::quote);
        add(variable, "ADDRANGE", type.ranges(), DumpEncoder::bounds);
        if (!type.equals(VarType.READ_ONLY)) flags(variable);
    }

    private void changed(Variable old, Variable now) {
        if (!old.value().equals(now.value())) value(now);
        VarType before = old.type();
        VarType after = now.type();
        replace(now, "ENUM", before.choices(), after.choices(), Quote::quote);
        replace(now, "RANGE", before.ranges(), after.ranges(), DumpEncoder::bounds);
        boolean same =
                before.writable() == after.writable() && before.maxLength().equals(after.maxLength());
        if (!same) flags(now);
    }

    private void value(Variable variable) {
        line("SETINFO", variable, ' ' + Quote.quote(variable.value()));
    }

    /** Flags replace those of before, and there is no line for none: what is no text says that it is a number. */
    private void flags(Variable variable) {
        VarType type = variable.type();
        if (type.maxLength().isPresent())
            line("SETAUX", variable, " " + type.maxLength().getAsInt());
        String kind = type.maxLength().isPresent() ? " STRING" : " NUMBER";
        line("SETFLAGS", variable, type.writable() ? " RW" + kind : kind);
    }

    /** Lists have an order, and lines only add behind what is there. */
    private <T> void replace(Variable variable, String what, List<T> old, List<T> now, Function<T, String> text) {
        boolean longer = now.size() >= old.size() && now.subList(0, old.size()).equals(old);
        if (!longer) add(variable, "DEL" + what, old, text);
        add(variable, "ADD" + what, longer ? now.subList(old.size(), now.size()) : now, text);
    }

    private <T> void add(Variable variable, String verb, List<T> items, Function<T, String> text) {
        for (T item : items) line(verb, variable, ' ' + text.apply(item));
    }

    private void line(String verb, Variable variable, String rest) {
        lines.append(verb)
                .append(' ')
                .append(Quote.word(variable.name()))
                .append(rest)
                .append('\n');
    }

    private void command(String verb, String command) {
        lines.append(verb).append(' ').append(Quote.word(command)).append('\n');
    }

    private static String bounds(Range range) {
        return range.min() + " " + range.max();
    }
}
