package org.cobnut.conf;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A configuration file as its logical lines, of which every byte is kept. Immutable: an edit gives another one. */
final class ConfFile {
    private final String name;
    private final LineSyntax style;
    private final List<LogicalLine> entries;

    private ConfFile(String name, LineSyntax style, List<LogicalLine> entries) {
        this.name = name;
        this.style = style;
        this.entries = entries;
    }

    static ConfFile parse(String name, LineSyntax style, byte[] bytes) {
        return new ConfFile(name, style, style.split(name, bytes));
    }

    String name() {
        return name;
    }

    LineSyntax style() {
        return style;
    }

    List<LogicalLine> entries() {
        return entries;
    }

    /** The file, byte for byte as it was read. */
    byte[] bytes() {
        return text(raws());
    }

    Draft edit() {
        return new Draft();
    }

    private List<String> raws() {
        return entries.stream().map(LogicalLine::raw).toList();
    }

    private static byte[] text(List<String> raws) {
        return String.join("", raws).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Changes under way; indexes are those of the file's entries, whatever was changed before. */
    final class Draft {
        private final List<String> raws = new ArrayList<>(raws());
        private final String end = raws.stream().anyMatch(raw -> raw.endsWith("\r\n")) ? "\r\n" : "\n";
        private final List<String> behind = new ArrayList<>(Collections.nCopies(raws.size(), ""));
        private String head = "";

        void replace(int index, List<String> values) {
            raws.set(index, style.rewrite(entries.get(index), values));
        }

        void remove(int index) {
            raws.set(index, "");
        }

        /** Adds a line behind an entry and what was added there before; -1 is the top of the file. */
        void insert(int index, String line) {
            if (index < 0) {
                head += line + end;
                return;
            }
            String added = behind.get(index);
            behind.set(index, added + (added.isEmpty() && !ended(index) ? end : "") + line + end);
        }

        /** Whether what stands there, if anything does, has its line end. */
        private boolean ended(int index) {
            return raws.get(index).isEmpty() || raws.get(index).endsWith("\n");
        }

        ConfFile done() {
            var text = new StringBuilder(head);
            for (int i = 0; i < raws.size(); i++) text.append(raws.get(i)).append(behind.get(i));
            return parse(name, style, text(List.of(text.toString())));
        }
    }
}
