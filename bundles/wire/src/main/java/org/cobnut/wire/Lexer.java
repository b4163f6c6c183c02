package org.cobnut.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits a stream of bytes into logical lines of words: the one grammar of NUT's configuration files, network protocol,
 * driver sockets and dummy-ups data (nut.conf family, "parseconf"). Feed it byte by byte, in any chunking. Bounded: a
 * line keeps {@value #MAX_WORDS} words of {@value #MAX_LENGTH} characters, what is beyond is read and dropped. One
 * stream, one thread.
 */
public final class Lexer {
    /** Words a line keeps. */
    public static final int MAX_WORDS = 32;

    /** Characters a word keeps. */
    public static final int MAX_LENGTH = 512;

    /** What a byte brought. */
    public enum Event {
        /** The line goes on. */
        MORE,
        /** A line is complete: its words can be taken. */
        LINE,
        /** An unescaped # inside quotes: the words of the line so far are lost, reading goes on with the next byte. */
        ERROR
    }

    private enum State {
        GAP,
        BARE,
        QUOTED,
        COMMENT
    }

    private final byte[] word = new byte[MAX_LENGTH];
    private int length;
    private State state = State.GAP;
    private boolean escaped;
    private List<String> words = new ArrayList<>(4);
    private List<String> complete = List.of();
    private int line = 1;
    private int begin = 1;
    private boolean begun;
    private int completeLine = 1;
    private int quoteLine;

    /** Takes one byte and says what it brought. */
    public Event accept(byte raw) {
        int c = raw & 0xff;
        Event event = escaped ? escape(c) : plain(c);
        if (c == '\n') line++;
        return event;
    }

    /** The stream is over: a word under way ends, and a line with at least one word is a line. */
    public Event end() {
        if (state == State.BARE || state == State.QUOTED) endWord();
        boolean any = !words.isEmpty();
        escaped = false;
        if (any) return endLine();
        reset();
        return Event.MORE;
    }

    /** The words of the line last completed; empty for a blank line or one of comment only. */
    public List<String> words() {
        return complete;
    }

    /** The physical line, from 1, on which the line last completed (or in error) began. */
    public int line() {
        return completeLine;
    }

    /** Whether a line is under way: anything but white space was read since the last one. */
    public boolean midLine() {
        return begun;
    }

    /** The physical line, from 1, on which the quoted word under way began; 0 when none is under way. */
    public int quotedSince() {
        return state == State.QUOTED ? quoteLine : 0;
    }

    /** How many characters it holds: of the line under way, and of the words of the line last completed. */
    public int kept() {
        int kept = length;
        for (String each : words) kept += each.length();
        for (String each : complete) kept += each.length();
        return kept;
    }

    /** Forgets the line under way. */
    public void reset() {
        state = State.GAP;
        escaped = false;
        begun = false;
        length = 0;
        words = new ArrayList<>(4);
    }

    /** All lines of a text that is wholly there; a line in error is left out. */
    public static List<List<String>> lines(String text) {
        var lexer = new Lexer();
        var lines = new ArrayList<List<String>>();
        for (byte b : text.getBytes(StandardCharsets.ISO_8859_1))
            if (lexer.accept(b) == Event.LINE) lines.add(lexer.words());
        if (lexer.end() == Event.LINE) lines.add(lexer.words());
        return lines;
    }

    private Event escape(int c) {
        escaped = false;
        if (c == '\n') return Event.MORE;
        if (state == State.GAP) enter(State.BARE);
        return keep(c);
    }

    private Event plain(int c) {
        return switch (state) {
            case GAP -> gap(c);
            case BARE -> bare(c);
            case QUOTED -> quoted(c);
            case COMMENT -> c == '\n' ? endLine() : Event.MORE;
        };
    }

    private Event gap(int c) {
        return switch (c) {
            case '\n' -> endLine();
            case ' ', '\t', '\r', 0x0b, '\f' -> Event.MORE;
            case '#' -> enter(State.COMMENT);
            case '"' -> {
                quoteLine = line;
                yield enter(State.QUOTED);
            }
            case '=' -> equalsSign();
            case '\\' -> escapeNext();
            default -> {
                enter(State.BARE);
                yield keep(c);
            }
        };
    }

    private Event bare(int c) {
        return switch (c) {
            case '\n' -> {
                endWord();
                yield endLine();
            }
            case ' ', '\t', '\r', 0x0b, '\f' -> endWord();
            case '#' -> {
                endWord();
                yield enter(State.COMMENT);
            }
            case '=' -> {
                endWord();
                yield equalsSign();
            }
            case '\\' -> escapeNext();
            default -> keep(c);
        };
    }

    private Event quoted(int c) {
        return switch (c) {
            case '"' -> endWord();
            case '\\' -> escapeNext();
            case '#' -> {
                completeLine = begin;
                reset();
                yield Event.ERROR;
            }
            default -> keep(c);
        };
    }

    private Event equalsSign() {
        enter(State.BARE);
        keep('=');
        return endWord();
    }

    private Event escapeNext() {
        markBegin();
        escaped = true;
        return Event.MORE;
    }

    private Event enter(State next) {
        markBegin();
        state = next;
        return Event.MORE;
    }

    private void markBegin() {
        if (!begun) begin = line;
        begun = true;
    }

    private Event keep(int c) {
        if (c >= 0x20 && c <= 0x7f && length < MAX_LENGTH) word[length++] = (byte) c;
        return Event.MORE;
    }

    @SuppressWarnings("deprecation") // the one constructor that copies ASCII without a decoder
    private Event endWord() {
        if (words.size() < MAX_WORDS) words.add(new String(word, 0, 0, length));
        length = 0;
        state = State.GAP;
        return Event.MORE;
    }

    private Event endLine() {
        complete = words;
        completeLine = begun ? begin : line;
        begun = false;
        words = new ArrayList<>(4);
        state = State.GAP;
        return Event.LINE;
    }
}
