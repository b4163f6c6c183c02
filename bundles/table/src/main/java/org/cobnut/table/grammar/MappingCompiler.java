package org.cobnut.table.grammar;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.cobnut.model.VarType;
import org.cobnut.table.Cadence;
import org.cobnut.table.Condition;
import org.cobnut.table.Format;
import org.cobnut.table.Numbers;
import org.cobnut.table.Row;
import org.cobnut.table.Table;
import org.cobnut.table.Words;
import org.cobnut.table.mapping.Mapping;
import org.cobnut.table.mapping.MappingException;
import org.cobnut.table.mapping.MappingException.Fault;
import org.cobnut.table.mapping.MappingKind;
import org.cobnut.table.mapping.MappingKind.Addresses;

/** Makes a table of the statements of a mapping file, in the addresses of its kind. One file, one use. */
public final class MappingCompiler<A> {
    /** Rows that a file may come to, loops counted. */
    private static final int MOST_ROWS = 20_000;

    /** Parts that a loop may count. */
    private static final int MOST_PARTS = 256;

    private final MappingKind<A> kind;
    private final MappingFile file;
    private final List<Fault> faults = new ArrayList<>();
    private final Map<String, Map<String, String>> lookups = new HashMap<>();
    private final Map<String, List<String>> matches = new LinkedHashMap<>();
    private final List<List<String>> declared = new ArrayList<>();
    private Addresses<A> addresses;
    private int steps;

    private MappingCompiler(MappingKind<A> kind, MappingFile file) {
        this.kind = kind;
        this.file = file;
        this.addresses = text -> {
            throw new IllegalArgumentException("the file's base or declarations are wrong");
        };
    }

    /**
     * Compiles a file.
     *
     * @param parentOf the file of the mapping that a file extends
     */
    public static <A> Mapping<A> compile(
            MappingKind<A> kind, MappingFile file, Function<MappingFile, Optional<MappingFile>> parentOf)
            throws MappingException {
        return compile(kind, file, resolve(file, parentOf));
    }

    /** The statements that count for a file, those that it takes over in front. */
    public static List<Statement> resolve(MappingFile file, Function<MappingFile, Optional<MappingFile>> parentOf)
            throws MappingException {
        return Inheritance.resolve(file, parentOf);
    }

    /** Compiles a file whose inheritance is {@link #resolve resolved}. */
    public static <A> Mapping<A> compile(MappingKind<A> kind, MappingFile file, List<Statement> statements)
            throws MappingException {
        var compiler = new MappingCompiler<>(kind, file);
        List<Row<A>> rows = compiler.all(statements);
        if (rows.isEmpty() && compiler.faults.isEmpty())
            compiler.faults.add(new Fault(file.file(), 0, "it has no row"));
        if (!compiler.faults.isEmpty()) throw new MappingException(compiler.faults);
        var mapping = new Mapping<>(
                file.file(),
                file.name(),
                file.version(),
                file.kind(),
                compiler.matches,
                compiler.declared,
                Table.of(file.name() + " " + file.version(), rows));
        try {
            kind.check(mapping);
        } catch (IllegalArgumentException e) {
            throw new MappingException(List.of(new Fault(file.file(), 0, String.valueOf(e.getMessage()))));
        }
        return mapping;
    }

    private List<Row<A>> all(List<Statement> statements) {
        String base = "";
        var declarations = new ArrayList<Statement>();
        var rest = new ArrayList<Statement>();
        for (Statement statement : statements) {
            if (kind.declarations().contains(statement.keyword())) declarations.add(statement);
            else if (statement.keyword().equals("base")) base = one(statement).orElse("");
            else if (statement.keyword().equals("match")) match(statement);
            else rest.add(statement);
        }
        try {
            addresses = kind.addresses(base, declared);
            for (Statement declaration : declarations) declare(base, declaration);
        } catch (IllegalArgumentException e) {
            faults.add(new Fault(file.file(), 0, String.valueOf(e.getMessage())));
        }
        return faults.isEmpty() ? block(rest, Condition.ALWAYS) : List.of();
    }

    /** One declaration after the other, so that a fault has its line. */
    private void declare(String base, Statement declaration) {
        declared.add(declaration.words());
        try {
            addresses = kind.addresses(base, List.copyOf(declared));
        } catch (IllegalArgumentException e) {
            fault(declaration, String.valueOf(e.getMessage()));
            declared.remove(declared.size() - 1);
        }
    }

    private void match(Statement statement) {
        List<String> words = statement.words();
        if (words.size() < 3) fault(statement, "match needs what is compared and with what");
        else matches.computeIfAbsent(words.get(1), key -> new ArrayList<>()).addAll(words.subList(2, words.size()));
    }

    private Optional<String> one(Statement statement) {
        if (statement.words().size() == 2) return Optional.of(statement.words().get(1));
        fault(statement, statement.keyword() + " takes one word");
        return Optional.empty();
    }

    private void fault(Statement statement, String reason) {
        if (faults.size() < MappingFile.MOST_FAULTS) faults.add(new Fault(statement.file(), statement.line(), reason));
    }

    private List<Row<A>> block(List<Statement> statements, Condition outer) {
        var made = new ArrayList<Row<A>>();
        for (Statement statement : statements) {
            try {
                List<Row<A>> more = statement(statement, outer);
                steps += statement.block().isEmpty() ? Math.max(1, more.size()) : 1;
                if (steps > MOST_ROWS) throw new IllegalArgumentException("more than " + MOST_ROWS + " rows");
                made.addAll(more);
            } catch (IllegalArgumentException e) {
                fault(statement, String.valueOf(e.getMessage()));
                if (steps > MOST_ROWS) return made;
            }
        }
        return made;
    }

    private List<Row<A>> statement(Statement statement, Condition outer) {
        var cursor = new Cursor(statement);
        return switch (statement.keyword()) {
            case "var" -> List.of(variable(statement, cursor, outer));
            case "status", "alarm", "flag" -> List.of(words(statement, cursor, outer));
            case "set" -> setting(statement, cursor, outer);
            case "command" -> List.of(command(cursor, outer).from(line(statement)));
            case "keep" -> List.of(parameter(cursor).from(line(statement)));
            case "const" -> List.of(constant(cursor).from(line(statement)));
            case "lookup" -> lookup(cursor);
            case "for" -> loop(statement, cursor, outer);
            case "when" -> when(statement, cursor, outer);
            default ->
                throw new IllegalArgumentException("'%s' begins no line of a mapping".formatted(statement.keyword()));
        };
    }

    private Row<A> variable(Statement statement, Cursor cursor, Condition outer) {
        String name = name(cursor);
        A address = addresses.parse(cursor.next("an address"));
        var conversion = Conversion.of(cursor, lookups);
        return placed(Row.field(address, name, conversion.format(kind.formats())), conversion, statement, outer);
    }

    private Row<A> words(Statement statement, Cursor cursor, Condition outer) {
        Optional<Words> flag =
                statement.keyword().equals("flag") ? Optional.of(FlagWords.words(cursor)) : Optional.empty();
        A address = addresses.parse(cursor.next("an address"));
        var conversion = Conversion.of(cursor, lookups);
        boolean alarm = statement.keyword().equals("alarm");
        Words words = flag.orElseGet(() -> words(conversion, alarm));
        if (conversion.only()) words = words.only(flag.isPresent() ? new String[] {"0", "1"} : answers(conversion));
        return placed(alarm ? Row.alarm(address, words) : Row.flag(address, words), conversion, statement, outer);
    }

    private Words words(Conversion conversion, boolean alarm) {
        if (conversion.function().isPresent())
            return Conversion.named(conversion.function().get(), kind.words());
        if (conversion.texts().isEmpty()) throw new IllegalArgumentException("it needs words, as 3=OL 5=OB");
        var words = new HashMap<String, List<String>>();
        conversion
                .texts()
                .forEach((raw, text) -> words.put(
                        raw, alarm ? List.of(text) : Arrays.asList(text.strip().split(" +"))));
        return Words.lookup(words);
    }

    private static String[] answers(Conversion conversion) {
        if (conversion.texts().isEmpty()) throw new IllegalArgumentException("only needs the answers, as 0=OL 1=OB");
        return conversion.texts().keySet().stream().sorted().toArray(String[]::new);
    }

    private List<Row<A>> setting(Statement statement, Cursor cursor, Condition outer) {
        String name = name(cursor);
        A address = addresses.parse(cursor.next("an address"));
        var conversion = Conversion.of(cursor, lookups);
        if (conversion.function().isPresent())
            Conversion.named(conversion.function().get(), kind.arguments());
        VarType type = conversion.type();
        Format format = conversion.format(kind.formats());
        if (type.maxLength().isPresent()) format = orEmpty(format);
        return List.of(
                placed(Row.field(address, name, format), conversion, statement, outer),
                Row.setting(
                                name,
                                address,
                                known -> known.has(name) ? Optional.of(type) : Optional.empty(),
                                (value, known) -> conversion.raw(value, known, kind.arguments()))
                        .from(line(statement)));
    }

    /** An empty text that can be written is a value, so that a client may fill it in. */
    private static Format orEmpty(Format format) {
        return (raw, known) -> format.value(raw, known).or(() -> raw.isBlank() ? Optional.of("") : Optional.empty());
    }

    private Row<A> placed(Row.Reading<A> row, Conversion conversion, Statement statement, Condition outer) {
        Row.Reading<A> placed = row.when(outer.and(conversion.need())).from(line(statement));
        Optional<Cadence> cadence =
                conversion.cadence().or(() -> kind.cadence(row.source().address()));
        return cadence.isPresent() ? placed.every(cadence.get()) : placed;
    }

    private static String line(Statement statement) {
        return statement.file() + ":" + statement.line();
    }

    private Row.Command<A> command(Cursor cursor, Condition outer) {
        String name = name(cursor);
        var command = Row.command(name, addresses.parse(cursor.next("an address")), argument(cursor))
                .when(outer);
        while (cursor.skip("then"))
            command = command.then(addresses.parse(cursor.next("an address")), argument(cursor));
        if (cursor.skip("when")) command = command.when(cursor.condition());
        cursor.end();
        return command;
    }

    private Row.Argument argument(Cursor cursor) {
        boolean bare = cursor.peek().filter("via"::equals).isPresent();
        var template = new Template(bare ? "{argument:}" : cursor.next("what is written"));
        if (!cursor.skip("via")) return template;
        Row.Argument function = Conversion.named(cursor.next("the name of a function"), kind.arguments());
        return (text, known) -> function.of(template.of(text, known), known);
    }

    private Row.Parameter<A> parameter(Cursor cursor) {
        String name = name(cursor);
        String initial = cursor.next("what counts at first");
        UnaryOperator<String> check = UnaryOperator.identity();
        VarType type = VarType.number();
        if (cursor.skip("range")) {
            long min = cursor.whole("the least value");
            long max = cursor.whole("the largest value");
            type = VarType.number(min, max);
            check = value -> within(name, value, min, max);
        }
        cursor.end();
        UnaryOperator<String> accept = check;
        return Row.parameter(name, type, accept.apply(initial), (value, known) -> accept.apply(value));
    }

    private static String within(String name, String value, long min, long max) {
        if (Numbers.parse(value)
                .filter(number -> number >= min && number <= max)
                .isEmpty())
            throw new IllegalArgumentException("%s is %d to %d, not '%s'".formatted(name, min, max, value));
        return value;
    }

    private Row.Parameter<A> constant(Cursor cursor) {
        String name = name(cursor);
        String value = cursor.next("its value");
        cursor.end();
        return Row.parameter(name, VarType.READ_ONLY, value, (text, known) -> text);
    }

    private List<Row<A>> lookup(Cursor cursor) {
        String name = cursor.next("a name");
        var texts = new LinkedHashMap<>(lookups.getOrDefault(name, Map.of()));
        Map<String, String> more = cursor.pairs();
        if (more.isEmpty()) throw new IllegalArgumentException("a lookup needs pairs, as 3=OL");
        cursor.end();
        texts.putAll(more);
        lookups.put(name, texts);
        return List.of();
    }

    private List<Row<A>> when(Statement statement, Cursor cursor, Condition outer) {
        Condition condition = outer.and(cursor.condition());
        cursor.end();
        return block(statement.block(), condition);
    }

    private List<Row<A>> loop(Statement statement, Cursor cursor, Condition outer) {
        String variable = cursor.next("a variable, as i");
        if (!variable.matches("[a-z]")) throw new IllegalArgumentException("a loop's variable is one small letter");
        long first = cursor.whole("the first number");
        if (!cursor.skip("to")) throw new IllegalArgumentException("for needs: for i 1 to LAST");
        String last = cursor.next("the last number, or the value that tells it");
        long most = cursor.skip("most") ? cursor.whole("the most parts") : MOST_PARTS;
        cursor.end();
        if (most < 1 || most > MOST_PARTS) throw new IllegalArgumentException("a loop has 1 to 256 parts, not " + most);
        if (!last.matches("\\d{1,9}")) return counted(statement, variable, last, (int) first, (int) most, outer);
        long end = Long.parseLong(last);
        if (end < first || end - first >= MOST_PARTS) throw new IllegalArgumentException("a loop has 1 to 256 parts");
        var made = new ArrayList<Row<A>>();
        for (long i = first; i <= end && steps <= MOST_ROWS; i++)
            made.addAll(block(turn(statement, variable, (int) i), outer));
        return made;
    }

    /** A loop whose count the device tells: its first two turns are made now, so that a fault is found in the file. */
    private List<Row<A>> counted(
            Statement statement, String variable, String count, int first, int most, Condition outer) {
        block(turn(statement, variable, first), outer);
        Map<String, Map<String, String>> known = Map.copyOf(lookups);
        return List.of(Row.loop(count, most, part -> {
            var compiler = new MappingCompiler<>(kind, file);
            compiler.addresses = addresses;
            compiler.lookups.putAll(known);
            return compiler.block(turn(statement, variable, first + part - 1), outer);
        }));
    }

    private static List<Statement> turn(Statement statement, String variable, int number) {
        return statement.block().stream()
                .map(inner -> inner.turn(variable, number))
                .toList();
    }

    private static String name(Cursor cursor) {
        String name = cursor.next("a name");
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,127}"))
            throw new IllegalArgumentException("'%s' is no name of a variable or command".formatted(name));
        return name;
    }
}
