package org.cobnut.table.grammar;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.cobnut.table.mapping.MappingException;
import org.cobnut.table.mapping.MappingException.Fault;

/** Puts the statements of a mapping behind those of the mapping that it extends. */
final class Inheritance {
    private static final Set<String> NAMED = Set.of("var", "set", "command", "keep", "const");
    private static final Set<String> UNNAMED = Set.of("status", "flag", "alarm");
    private static final String MATCH = "match";
    private static final int MOST_GENERATIONS = 8;

    private Inheritance() {}

    /**
     * All statements that count for a file: its parents' without those that it gives anew or drops, then its own.
     *
     * @param parentOf the file that a file extends
     */
    static List<Statement> resolve(MappingFile file, Function<MappingFile, Optional<MappingFile>> parentOf)
            throws MappingException {
        return resolve(file, parentOf, 0);
    }

    private static List<Statement> resolve(
            MappingFile file, Function<MappingFile, Optional<MappingFile>> parentOf, int depth)
            throws MappingException {
        if (file.extension().isEmpty()) return own(file, List.of());
        Statement extension = file.extension().get();
        String name = extension.words().get(1);
        Optional<MappingFile> parent = parentOf.apply(file);
        if (parent.isEmpty()) throw fault(extension, "there is no mapping %s to extend".formatted(name));
        if (depth == MOST_GENERATIONS)
            throw fault(extension, "it extends itself, or too many others, by way of " + name);
        List<Statement> inherited = resolve(parent.get(), parentOf, depth + 1);
        boolean matches = parent.get().name().equals(file.name())
                && file.statements().stream().noneMatch(line -> line.keyword().equals(MATCH));
        var all = new ArrayList<>(kept(inherited, redefined(file.statements()), drops(file.statements())));
        if (!matches) all.removeIf(line -> line.keyword().equals(MATCH));
        all.addAll(own(file, inherited));
        return all;
    }

    /** The statements of the file itself, but for its drops, which must drop something. */
    private static List<Statement> own(MappingFile file, List<Statement> inherited) throws MappingException {
        Set<String> there = redefined(inherited);
        inherited.forEach(line -> there.addAll(keywords(line)));
        var own = new ArrayList<Statement>();
        var faults = new ArrayList<Fault>();
        for (Statement line : file.statements()) {
            if (!line.keyword().equals("drop")) {
                own.add(line);
                continue;
            }
            for (String name : line.words().subList(1, line.words().size()))
                if (!there.contains(name))
                    faults.add(new Fault(line.file(), line.line(), "there is no " + name + " to drop"));
        }
        if (!faults.isEmpty()) throw new MappingException(faults);
        return own;
    }

    private static Set<String> keywords(Statement line) {
        var keywords = new HashSet<String>();
        if (UNNAMED.contains(line.keyword())) keywords.add(line.keyword());
        line.block().forEach(inner -> keywords.addAll(keywords(inner)));
        return keywords;
    }

    private static MappingException fault(Statement line, String reason) {
        return new MappingException(List.of(new Fault(line.file(), line.line(), reason)));
    }

    private static List<Statement> kept(List<Statement> statements, Set<String> redefined, Set<String> dropped) {
        var kept = new ArrayList<Statement>();
        for (Statement statement : statements) {
            if (dropped.contains(statement.keyword())) continue;
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

    private static Optional<String> name(Statement statement) {
        boolean named = NAMED.contains(statement.keyword()) && statement.words().size() > 1;
        return named ? Optional.of(statement.words().get(1)) : Optional.empty();
    }
}
