package org.cobnut.conf.schema;

import java.util.ArrayList;
import java.util.List;
import org.cobnut.conf.text.LogicalLine;
import org.cobnut.wire.Lexer;

/**
 * Represents one valid line of a file of directives, for checks that report line numbers.
 *
 * @param words behind the keyword; as the keyword's type reads them, where it joins them to a line
 */
public record Directive(int line, List<String> words) {
    /** The lines of a keyword, in the order of the file. */
    public static List<Directive> all(ParsedFile parsed, String word) {
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
