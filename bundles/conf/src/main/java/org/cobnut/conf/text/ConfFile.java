package org.cobnut.conf.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Represents a configuration file as its logical lines and keeps every byte. Immutable: an edit returns a new one.
 */
public final class ConfFile {
    private final String name;
    private final LineSyntax style;
    private final List<LogicalLine> entries;

    private ConfFile(String name, LineSyntax style, List<LogicalLine> entries) {
        this.name = name;
        this.style = style;
        this.entries = entries;
    }

    public static ConfFile parse(String name, LineSyntax style, byte[] bytes) {
        return new ConfFile(name, style, style.split(name, bytes));
    }

    public String name() {
        return name;
    }

    public LineSyntax style() {
        return style;
    }

    public List<LogicalLine> entries() {
        return entries;
    }

    /** The file, byte for byte as it was read. */
    public byte[] bytes() {
        return text(raws());
    }

    public Draft edit() {
        return new Draft();
    }

    private List<String> raws() {
        return entries.stream().map(LogicalLine::raw).toList();
    }

    private static byte[] text(List<String> raws) {
        return String.join("", raws).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Changes under way; indexes are those of the file's entries, whatever was changed before. */
    public final class Draft {
        private final List<String> raws = new ArrayList<>(raws());
        private final String end = raws.stream().anyMatch(raw -> raw.endsWith("\r\n")) ? "\r\n" : "\n";
        private final List<String> behind = new ArrayList<>(Collections.nCopies(raws.size(), ""));
        private String head = "";

        public void replace(int index, List<String> values) {
            raws.set(index, style.rewrite(entries.get(index), values));
        }

        public void remove(int index) {
            raws.set(index, "");
        }

        /** Adds a line behind an entry and what was added there before; -1 is the top of the file. */
        public void insert(int index, String line) {
            if (index < 0) {
                head += line + end;
                return;
            }
            String added = behind.get(index);
            behind.set(index, added + (added.isEmpty() && !ended(index) ? end : "") + line + end);
        }

        /** Tells whether what stands there, if anything does, has its line end. */
        private boolean ended(int index) {
            return raws.get(index).isEmpty() || raws.get(index).endsWith("\n");
        }

        public ConfFile done() {
            var text = new StringBuilder(head);
            for (int i = 0; i < raws.size(); i++) text.append(raws.get(i)).append(behind.get(i));
            return parse(name, style, text(List.of(text.toString())));
        }
    }
}
