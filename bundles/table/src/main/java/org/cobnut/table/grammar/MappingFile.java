package org.cobnut.table.grammar;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.cobnut.table.mapping.MappingException;
import org.cobnut.table.mapping.MappingException.Fault;
import org.cobnut.wire.Lexer;

/**
 * The statements of one mapping file, before a family gives its addresses a meaning.
 *
 * @param file as it is shown to people
 * @param name of the mapping, unique in its kind
 * @param version as the file says
 * @param kind the family whose addresses it has, such as "snmp"
 * @param extension its line {@code extends}, which names the mapping whose rows it takes over
 */
public record MappingFile(
        String file,
        String name,
        String version,
        String kind,
        Optional<Statement> extension,
        List<Statement> statements) {
    /** Faults of one file that are told; more say nothing new. */
    static final int MOST_FAULTS = 20;

    /** Blocks within blocks. */
    private static final int MOST_DEPTH = 8;

    public MappingFile {
        statements = List.copyOf(statements);
    }

    /** The mapping whose rows it takes over. */
    public Optional<String> parent() {
        return extension.map(line -> line.words().get(1));
    }

    /** Reads the text of a file. */
    public static MappingFile parse(String file, byte[] text) throws MappingException {
        var faults = new ArrayList<Fault>();
        List<Statement> all = blocks(file, lines(file, text, faults), faults);
        Optional<Statement> head = all.stream().findFirst();
        if (head.isEmpty() || !begins(head.get().words()))
            faults.add(
                    0,
                    new Fault(
                            file,
                            head.map(Statement::line).orElse(0),
                            "the first line must be: mapping NAME VERSION KIND"));
        Optional<Statement> extension = Optional.empty();
        var rest = new ArrayList<Statement>();
        for (Statement statement : all.subList(Math.min(1, all.size()), all.size())) {
            if (!statement.keyword().equals("extends")) rest.add(statement);
            else if (extension.isPresent() || statement.words().size() != 2)
                faults.add(new Fault(file, statement.line(), "extends takes the name of one mapping, once"));
            else extension = Optional.of(statement);
        }
        if (!faults.isEmpty()) throw new MappingException(faults);
        List<String> words = head.orElseThrow().words();
        return new MappingFile(file, words.get(1), words.get(2), words.get(3), extension, rest);
    }

    /** The words of the first line that has any, if it is what the first line must be; else none. */
    public static List<String> head(byte[] text) {
        var lexer = new Lexer();
        for (byte b : text) {
            Lexer.Event event = lexer.accept(b);
            if (event == Lexer.Event.ERROR) return List.of();
            if (event == Lexer.Event.LINE && !lexer.words().isEmpty())
                return begins(lexer.words()) ? List.copyOf(lexer.words()) : List.of();
        }
        return List.of();
    }

    private static boolean begins(List<String> words) {
        return words.size() == 4 && words.get(0).equals("mapping");
    }

    private static List<Statement> lines(String file, byte[] text, List<Fault> faults) {
        var lexer = new Lexer();
        var lines = new ArrayList<Statement>();
        for (byte b : text) take(file, lexer, lexer.accept(b), lines, faults);
        int open = lexer.quotedSince();
        if (open > 0) faults.add(new Fault(file, open, "a quote begins here and never ends"));
        take(file, lexer, lexer.end(), lines, faults);
        return lines;
    }

    private static void take(String file, Lexer lexer, Lexer.Event event, List<Statement> lines, List<Fault> faults) {
        if (event == Lexer.Event.ERROR && faults.size() < MOST_FAULTS)
            faults.add(new Fault(file, lexer.line(), "a # inside quotes needs a backslash before it"));
        if (event != Lexer.Event.LINE || lexer.words().isEmpty()) return;
        if (lexer.words().size() == Lexer.MAX_WORDS)
            faults.add(new Fault(
                    file,
                    lexer.line(),
                    "a line has fewer than " + Lexer.MAX_WORDS + " words; "
                            + "a lookup goes on in another line of its name"));
        lines.add(new Statement(file, lexer.line(), lexer.words(), List.of()));
    }

    /** Puts what stands between {@code for} or {@code when} and {@code end} into one statement. */
    private static List<Statement> blocks(String file, List<Statement> lines, List<Fault> faults) {
        Deque<Statement> heads = new ArrayDeque<>();
        Deque<List<Statement>> open = new ArrayDeque<>();
        open.push(new ArrayList<>());
        for (Statement line : lines) {
            switch (line.keyword()) {
                case "for", "when" -> {
                    if (heads.size() == MOST_DEPTH)
                        faults.add(new Fault(file, line.line(), "more than " + MOST_DEPTH + " blocks in each other"));
                    heads.push(line);
                    open.push(new ArrayList<>());
                }
                case "end" -> {
                    if (heads.isEmpty()) {
                        faults.add(new Fault(file, line.line(), "there is no for or when that this end closes"));
                        continue;
                    }
                    Statement head = heads.pop();
                    List<Statement> block = open.pop();
                    if (block.isEmpty())
                        faults.add(new Fault(file, head.line(), "there is nothing between this line and its end"));
                    open.element().add(new Statement(file, head.line(), head.words(), block));
                }
                default -> open.element().add(line);
            }
        }
        heads.forEach(head -> faults.add(new Fault(file, head.line(), head.keyword() + " without an end")));
        return open.getLast();
    }
}
