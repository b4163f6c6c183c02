package org.cobnut.drivers.megatec.wire;

/** What the tables of this family read or write. */
public sealed interface Address {
    /** As the last column: up to the end of the answer, its CR left out. */
    int REST = 0;

    /** Columns of an answer, counted from 0; both ends belong to it. What is written to them is sent as a command. */
    record Columns(Query query, int from, int to) implements Address {
        public String of(String answer) {
            return cut(answer, from, to);
        }
    }

    /** The line itself: what is written to it is a command. */
    enum Line implements Address {
        COMMAND
    }

    /** The columns of an answer; fewer when it ends before them. */
    static String cut(String answer, int from, int to) {
        String text = answer.endsWith("\r") ? answer.substring(0, answer.length() - 1) : answer;
        int end = to == REST ? text.length() : Math.min(to + 1, text.length());
        return from >= end ? "" : text.substring(from, end);
    }
}
