package org.cobnut.conf;

import java.util.ArrayList;
import java.util.List;
import org.cobnut.wire.Lexer;

/**
 * One line of a file of directives that counts, for checks that tell of lines.
 *
 * @param words behind the keyword; as the keyword's type reads them, where it makes a line of them
 */
record Directive(int line, List<String> words) {
    /** The lines of a keyword, in the order of the file. */
    static List<Directive> all(ParsedFile parsed, String word) {
        var all = new ArrayList<Directive>();
        Keyword key = parsed.schema().global().find(word).orElseThrow();
        for (LogicalLine entry : parsed.file().entries()) {
            if (!key.is(entry.key())) continue;
            List<String> words = entry.words().subList(1, entry.words().size());
            if (key.type().read(words) instanceof ValueType.Read.Value value)
                all.add(new Directive(
                        entry.line(),
                        value.value() instanceof String text ? Lexer.lines(text).get(0) : words));
        }
        return all;
    }

    /** Its line only: its words may be secret. */
    @Override
    public String toString() {
        return "line " + line;
    }
}
