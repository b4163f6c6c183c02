package org.cobnut.conf.text;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Lists the three ways in which NUT's files write a line. */
public enum LineSyntax {
    /** {@code KEYWORD value value}: upsd.conf. */
    DIRECTIVES(""),
    /** {@code key = value} below {@code [name]}: ups.conf, upsd.users. */
    SECTIONS(" ="),
    /** {@code KEY=value} as a shell reads it: nut.conf. */
    SHELL("=") {
        @Override
        public List<LogicalLine> split(String file, byte[] bytes) {
            return ShellSyntax.split(file, new String(bytes, StandardCharsets.ISO_8859_1));
        }

        @Override
        public String line(String key, List<String> values) {
            return ShellSyntax.line(key, values);
        }

        @Override
        public String rewrite(LogicalLine entry, List<String> values) {
            return ShellSyntax.rewrite(entry.raw(), values);
        }
    };

    private final String sign;

    LineSyntax(String sign) {
        this.sign = sign;
    }

    /** The logical lines of a file; their raw texts, put together, are the file. */
    public List<LogicalLine> split(String file, byte[] bytes) {
        return new LineSplitter(file, bytes).split();
    }

    /** A new line, without its end. */
    public String line(String key, List<String> values) {
        return Tokens.line(key, sign, values);
    }

    /** The raw text of a line with other values: indent, key, comment, line end and the kind of quotes stay. */
    public String rewrite(LogicalLine entry, List<String> values) {
        return Tokens.rewrite(entry.raw(), sign, values);
    }
}
