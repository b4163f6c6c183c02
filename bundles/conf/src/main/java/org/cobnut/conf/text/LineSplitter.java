package org.cobnut.conf.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.cobnut.wire.Lexer;

/** Splits a file into logical lines with NUT's own grammar, and reports where the grammar is broken. */
public final class LineSplitter {
    private static final String HASH =
            "a # between quotes needs a backslash before it (\\#); or is the closing quote missing?";
    private static final String OPEN = "the quoted word that begins here has no closing quote";
    private static final String LONG = "the quoted word that begins here ends on line %d; is a quote missing?";

    private final String file;
    private final byte[] bytes;
    private final Lexer lexer = new Lexer();
    private final List<LogicalLine> entries = new ArrayList<>();
    private final List<Fault> faults = new ArrayList<>();
    private int start;
    private int line = 1;

    LineSplitter(String file, byte[] bytes) {
        this.file = file;
        this.bytes = bytes;
    }

    List<LogicalLine> split() {
        boolean lost = false;
        for (int i = Tokens.mark(bytes); i < bytes.length; i++) {
            if (lost && bytes[i] != '\n') continue;
            lost = false;
            int quote = lexer.quotedSince();
            switch (lexer.accept(bytes[i])) {
                case LINE -> add(i + 1, lexer.line(), lexer.words());
                case ERROR -> {
                    // What follows on that line is half a value, perhaps half a secret: never read it as a line.
                    faults.add(Fault.error(file, quote, HASH));
                    lost = true;
                }
                case MORE -> {
                    boolean closed = quote > 0 && lexer.quotedSince() == 0;
                    // Legal, and nearly always a forgotten quote that swallows the lines below it.
                    if (closed && line > quote) faults.add(Fault.warning(file, quote, LONG.formatted(line)));
                }
            }
            if (bytes[i] == '\n') line++;
        }
        if (start < bytes.length) end();
        return List.copyOf(entries);
    }

    private void end() {
        int quote = lexer.quotedSince();
        if (quote > 0) faults.add(Fault.error(file, quote, OPEN));
        boolean complete = lexer.end() == Lexer.Event.LINE;
        add(bytes.length, complete ? lexer.line() : line, complete ? lexer.words() : List.of());
    }

    private void add(int end, int begun, List<String> words) {
        var raw = new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
        boolean broken = faults.stream().anyMatch(Fault::grave);
        if (!broken && !words.isEmpty()) faults.addAll(Tokens.limits(file, begun, raw));
        entries.add(new LogicalLine(
                broken ? faults.get(0).line() : begun, broken ? List.of() : words, raw, List.copyOf(faults)));
        faults.clear();
        start = end;
    }
}
