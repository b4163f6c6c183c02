package org.cobnut.wire;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.ArrayList;
import java.util.List;

/** Any bytes at all: the grammar is bounded, does not care for chunks, and what it reads it can write. */
class GrammarFuzz {
    @FuzzTest(maxDuration = "5s")
    void readsAnything(byte[] bytes) {
        fuzzerTestOneInput(bytes);
    }

    /** The form in which the fuzzer's own program takes a target. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        for (List<String> words : lines(bytes)) {
            require(words.size() <= Lexer.MAX_WORDS, "too many words");
            for (String word : words) {
                require(word.length() <= Lexer.MAX_LENGTH, "a word too long");
                require(word.chars().allMatch(c -> c >= 0x20 && c <= 0x7f), "a character that is not kept");
            }
            Request request = Request.of(words);
            if (!(request instanceof Request.Malformed))
                require(Request.of(Lexer.lines(request.line() + '\n').get(0)).equals(request), "another request");
            require(Lexer.lines(written(words)).equals(List.of(words)), "other words: " + words);
        }
    }

    private static String written(List<String> words) {
        return words.stream().map(Quote::word).reduce((a, b) -> a + ' ' + b).orElse("") + '\n';
    }

    private static List<List<String>> lines(byte[] bytes) {
        var lexer = new Lexer();
        var lines = new ArrayList<List<String>>();
        for (byte b : bytes) if (lexer.accept(b) == Lexer.Event.LINE) lines.add(lexer.words());
        if (lexer.end() == Lexer.Event.LINE) lines.add(lexer.words());
        require(!lexer.midLine(), "a line after the end");
        return lines;
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) throw new AssertionError(otherwise);
    }
}
