package org.cobnut.table.mapping;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.cobnut.table.mapping.MappingException.Fault;

/** Puts the statements of a mapping behind those of the mapping that it extends. */
final class Inheritance {
    private static final Set<String> NAMED = Set.of("var", "set", "command", "keep", "const");

    /** Whoever inherits finds the statements of a file by the names of its mappings. */
    private static final int MOST_GENERATIONS = 8;

    private Inheritance() {}

    /**
     * All statements that count for a file: its parents' without those that it gives anew or drops, then its own.
     *
     * @param find the file of a mapping of the same kind
     */
    static List<Statement> resolve(MappingFile file, Function<String, Optional<MappingFile>> find)
            throws MappingException {
        return resolve(file, find, 0);
    }

    private static List<Statement> resolve(MappingFile file, Function<String, Optional<MappingFile>> find, int depth)
            throws MappingException {
        if (file.parent().isEmpty()) return withoutDrops(file.statements());
        String name = file.parent().get();
        Optional<MappingFile> parent = find.apply(name);
        if (parent.isEmpty()) throw fault(file, "there is no mapping %s to extend".formatted(name));
        if (depth == MOST_GENERATIONS) throw fault(file, "it extends itself, or too many others, by way of " + name);
        var all = new ArrayList<>(
                kept(resolve(parent.get(), find, depth + 1), redefined(file.statements()), drops(file.statements())));
        all.addAll(withoutDrops(file.statements()));
        return all;
    }

    private static MappingException fault(MappingFile file, String reason) {
        return new MappingException(List.of(new Fault(file.file(), 0, reason)));
    }

    private static List<Statement> kept(List<Statement> statements, Set<String> redefined, Set<String> dropped) {
        var kept = new ArrayList<Statement>();
        for (Statement statement : statements) {
            if (statement.keyword().equals("match") || dropped.contains(statement.keyword())) continue;
            if (name(statement)
                    .filter(name -> redefined.contains(name) || dropped.contains(name))
                    .isPresent()) continue;
            List<Statement> block = kept(statement.block(), redefined, dropped);
            if (statement.block().isEmpty() || !block.isEmpty())
                kept.add(new Statement(statement.file(), statement.line(), statement.words(), block));
        }
        return kept;
    }

    private static Set<String> redefined(List<Statement> statements) {
        var names = new HashSet<String>();
        for (Statement statement : statements) {
            name(statement).ifPresent(names::add);
            names.addAll(redefined(statement.block()));
        }
        return names;
    }

    /** Names of rows, and the words status, flag and alarm for all rows of that kind. */
    private static Set<String> drops(List<Statement> statements) {
        var dropped = new HashSet<String>();
        for (Statement statement : statements)
            if (statement.keyword().equals("drop"))
                dropped.addAll(statement.words().subList(1, statement.words().size()));
        return dropped;
    }

    private static List<Statement> withoutDrops(List<Statement> statements) {
        return statements.stream()
                .filter(statement -> !statement.keyword().equals("drop"))
                .toList();
    }

    private static Optional<String> name(Statement statement) {
        boolean named = NAMED.contains(statement.keyword()) && statement.words().size() > 1;
        return named ? Optional.of(statement.words().get(1)) : Optional.empty();
    }
}
