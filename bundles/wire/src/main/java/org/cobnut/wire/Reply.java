package org.cobnut.wire;

import java.util.List;

/**
 * One line of a reply (network-protocol, "Network protocol information"). {@link #of} reads what a server sent, {@link
 * #line()} writes what a server sends: names as they were typed, the one free text of a line quoted.
 */
public sealed interface Reply {
    /** The line without its end. */
    String line();

    /** Reads the words of one line. */
    static Reply of(List<String> words) {
        if (words.isEmpty()) return new Text("");
        List<String> rest = words.subList(1, words.size());
        return switch (words.get(0)) {
            case "OK" -> new Ok(String.join(" ", rest));
            case "ERR" -> new Err(rest.isEmpty() ? "" : rest.get(0));
            case "BEGIN" -> new Begin(rest);
            case "END" -> new End(rest);
            default -> new Item(words);
        };
    }

    /** OK, with what stands behind it. */
    record Ok(String more) implements Reply {
        @Override
        public String line() {
            return more.isEmpty() ? "OK" : "OK " + more;
        }
    }

    /** ERR and its code as it was sent; further words are dropped. */
    record Err(String code) implements Reply {
        public Err(ErrorCode code) {
            this(code.wire());
        }

        @Override
        public String line() {
            return "ERR " + code;
        }
    }

    /** BEGIN LIST and the words of the query; LIST is among them. */
    record Begin(List<String> query) implements Reply {
        public Begin {
            query = List.copyOf(query);
        }

        @Override
        public String line() {
            return "BEGIN " + String.join(" ", query);
        }
    }

    /** END LIST and the words of the query. */
    record End(List<String> query) implements Reply {
        public End {
            query = List.copyOf(query);
        }

        @Override
        public String line() {
            return "END " + String.join(" ", query);
        }
    }

    /** Any other line, as words: what a list holds, what GET brings. */
    record Item(List<String> words) implements Reply {
        public Item {
            words = List.copyOf(words);
        }

        /** The item as servers write it: all words bare but the last, which is free text between quotes. */
        @Override
        public String line() {
            int last = words.size() - 1;
            return String.join(" ", words.subList(0, last)) + ' ' + Quote.quote(words.get(last));
        }
    }

    /** A line without quotes: VER, PROTVER, HELP, TYPE, NUMLOGINS. */
    record Text(String line) implements Reply {}
}
