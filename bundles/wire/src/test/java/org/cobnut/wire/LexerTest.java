package org.cobnut.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.cobnut.wire.Lexer.Event;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The rules of the grammar (nut.conf family, "parseconf"), each as a text and its lines. In the tables {@code ~} stands
 * for a line feed, {@code ^} for a tab, {@code %} for a carriage return; the words of a line are between {@code <>}.
 */
class LexerTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            words                             | GET VAR sim~            | <GET><VAR><sim>
            blanks around them                | ^ GET ^ VAR^~           | <GET><VAR>
            a carriage return                 | GET VAR%~SET%~          | <GET><VAR> / <SET>
            no line feed at the end           | GET VAR                 | <GET><VAR>
            blanks at the end                 | GET ~VAR ^              | <GET> / <VAR>
            nothing                           | ``                      | ``
            a blank line                      | a~ ~b~                  | <a> / - / <b>
            a comment                         | a # b c~d~              | <a> / <d>
            a comment in a word               | ab#cd~                  | <ab>
            a comment alone                   | # a~b~                  | - / <b>
            a comment at the end              | a~# b                   | <a>
            quotes in a comment               | # "a~b~                 | - / <b>
            a backslash in a comment          | # a\\~b~                | - / <b>
            quotes                            | "a b" c~                | <a b><c>
            an empty word                     | a ""~                   | <a><>
            quotes in a bare word             | GE"T a"b~               | <GE"T><a"b>
            a closing quote ends the word     | "a""b"c~                | <a><b><c>
            a quoted word over two lines      | "a~b" c~                | <ab><c>
            a quoted word without end         | a "b c                  | <a><b c>
            single quotes                     | 'a b'~                  | <'a><b'>
            an escaped blank                  | a\\ b c~                | <a b><c>
            an escaped quote                  | a "b\\"c" \\"d~         | <a><b"c><"d>
            an escaped backslash              | a\\\\b "c\\\\"~         | <a\\b><c\\>
            an escaped letter                 | a\\nb "\\t"~            | <anb><t>
            an escaped comment                | a \\#b c\\#d "e\\#"~    | <a><#b><c#d><e#>
            an escaped equals sign            | a\\=b \\=~              | <a=b><=>
            joined lines                      | a \\~b~                 | <a><b>
            a word joined from lines          | ab\\~cd~                | <abcd>
            a quoted word joined from lines   | "ab\\~cd"~              | <abcd>
            a backslash at the end            | a b\\                   | <a><b>
            a backslash alone                 | \\                      | ``
            an equals sign                    | a=b a = b a =b~         | <a><=><b><a><=><b><a><=><b>
            an equals sign after quotes       | "a"="b"~                | <a><=><b>
            an equals sign in quotes          | a "=" "b=c"~            | <a><=><b=c>
            equals signs alone                | ==~                     | <=><=>
            a comment behind an equals sign   | a=#b~                   | <a><=>
            a section                         | [ups]~ port = auto~     | <[ups]> / <port><=><auto>
            """)
    void reads(String rule, String text, String lines) {
        assertThat(read(text)).as(rule).isEqualTo(lines);
    }

    @Test
    void dropsWhatIsNotPrintable() {
        assertThat(read("a\0b\u0001c \u00e4 d\u00ffe\u007f ~")).isEqualTo("<abc><><de\u007f>");
        assertThat(read("\"a^b%c\u000bd\"~")).isEqualTo("<abcd>");
    }

    @Test
    void splitsAtAllWhiteSpace() {
        assertThat(read("a\u000bb\fc^d%e f~")).isEqualTo("<a><b><c><d><e><f>");
    }

    @Test
    void keepsThirtyTwoWords() {
        assertThat(read("w ".repeat(33) + "~a~")).isEqualTo("<w>".repeat(32) + " / <a>");
        assertThat(read("= ".repeat(40) + "\"x\"~a~")).isEqualTo("<=>".repeat(32) + " / <a>");
    }

    @Test
    void keepsFiveHundredAndTwelveCharacters() {
        String longest = "x".repeat(512);
        assertThat(read(longest + "yz b~")).isEqualTo("<" + longest + "><b>");
        assertThat(read('"' + longest + "yz\" b~")).isEqualTo("<" + longest + "><b>");
        assertThat(read("\\x".repeat(512) + "\\y b~")).isEqualTo("<" + longest + "><b>");
    }

    @Test
    void losesALineWithACommentInQuotesAndReadsOnBehindIt() {
        assertThat(read("a \"b#c d\" e~f~")).isEqualTo("! / <c><d\"><e> / <f>");
        assertThat(read("a \"b#~f~")).isEqualTo("! / - / <f>");
        assertThat(read("\"b#\"c # d\"~f~")).isEqualTo("! / ! / <d\"> / <f>");
    }

    @Test
    void tellsTheLineThatALineBeganOn() {
        assertThat(numbers("a~b~~c")).containsExactly(1, 2, 3, 4);
        assertThat(numbers("~~a \\~b \"c~d\"~e~")).containsExactly(1, 2, 3, 6);
        assertThat(numbers("# a~  b~")).containsExactly(1, 2);
        assertThat(numbers("a~\"b#c\"~d~")).containsExactly(1, 2, 2, 3);
        assertThat(numbers("\\~a~b~")).containsExactly(1, 3);
    }

    @Test
    void knowsWhetherALineIsUnderWay() {
        var lexer = new Lexer();
        assertThat(lexer.midLine()).isFalse();
        for (String part : List.of(" ^", "a~", "a b ~", "# c~", "\"\"~")) {
            feed(lexer, part, new ArrayList<>());
            assertThat(lexer.midLine()).as(part).isFalse();
        }
        for (String part : List.of("a", " ", "~\"", "\"", "~#", "~\\", "~~= ")) {
            feed(lexer, part, new ArrayList<>());
            assertThat(lexer.midLine()).as(part).isTrue();
        }
        lexer.reset();
        assertThat(lexer.midLine()).isFalse();
        assertThat(lexer.end()).isEqualTo(Event.MORE);
    }

    @Test
    void forgetsTheLineUnderWayWhenReset() {
        var lexer = new Lexer();
        var seen = new ArrayList<String>();
        feed(lexer, "a \"b\\", seen);
        lexer.reset();
        feed(lexer, "c d~", seen);
        assertThat(seen).containsExactly("<c><d>");
    }

    @Test
    void leavesALineAloneThatItGaveAway() {
        var lexer = new Lexer();
        feed(lexer, "a b~", new ArrayList<>());
        List<String> words = lexer.words();
        feed(lexer, "c d e~f", new ArrayList<>());
        assertThat(words).containsExactly("a", "b");
    }

    @Test
    void goesOnBehindTheEnd() {
        var lexer = new Lexer();
        var seen = new ArrayList<String>();
        feed(lexer, "a", seen);
        assertThat(lexer.end()).isEqualTo(Event.LINE);
        assertThat(lexer.words()).containsExactly("a");
        assertThat(lexer.end()).isEqualTo(Event.MORE);
        feed(lexer, "b~", seen);
        assertThat(seen).containsExactly("<b>");
    }

    @Test
    void readsWhatTheQuoterWrites() {
        for (char c = 0x20; c <= 0x7f; c++) {
            for (String text : List.of("" + c, "a" + c, c + "a", "a" + c + "b", "" + c + c)) {
                assertThat(Lexer.lines(Quote.quote(text) + '\n')).containsExactly(List.of(text));
                assertThat(Lexer.lines(Quote.word(text) + '\n')).containsExactly(List.of(text));
            }
        }
        assertThat(Lexer.lines(Quote.word("") + '\n')).containsExactly(List.of(""));
    }

    /** Lines as one text: a blank line is -, a line in error is !. */
    private static String read(String text) {
        return String.join(" / ", seen(text));
    }

    private static List<String> seen(String text) {
        var lexer = new Lexer();
        var seen = new ArrayList<String>();
        feed(lexer, text, seen);
        if (lexer.end() == Event.LINE) seen.add(shown(lexer.words()));
        return seen;
    }

    private static void feed(Lexer lexer, String text, List<String> seen) {
        for (byte b : bytes(text)) {
            switch (lexer.accept(b)) {
                case LINE -> seen.add(shown(lexer.words()));
                case ERROR -> seen.add("!");
                case MORE -> {}
            }
        }
    }

    private static List<Integer> numbers(String text) {
        var lexer = new Lexer();
        var numbers = new ArrayList<Integer>();
        for (byte b : bytes(text)) if (lexer.accept(b) != Event.MORE) numbers.add(lexer.line());
        if (lexer.end() == Event.LINE) numbers.add(lexer.line());
        return Collections.unmodifiableList(numbers);
    }

    private static String shown(List<String> words) {
        return words.isEmpty() ? "-" : '<' + String.join("><", words) + '>';
    }

    private static byte[] bytes(String text) {
        return text.replace('~', '\n').replace('^', '\t').replace('%', '\r').getBytes(StandardCharsets.ISO_8859_1);
    }
}
