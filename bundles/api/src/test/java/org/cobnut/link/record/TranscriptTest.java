package org.cobnut.link.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import org.cobnut.link.ByteLink;
import org.cobnut.link.SerialLink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TranscriptTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void everyTextIsOneLineAndReadsAsItWas() throws IOException {
        var random = new Random(15);
        for (int round = 0; round < 2000; round++) {
            var text = new StringBuilder();
            int length = random.nextInt(20);
            for (int i = 0; i < length; i++)
                text.append((char) random.nextInt(random.nextInt(50) == 0 ? 0x10000 : 0x100));
            String line = Transcript.escape(text.toString());
            assertThat(line).matches("[ -~]*").doesNotEndWith(" ");
            assertThat(Transcript.of("> Q\n< " + line).conversation().answer("Q"))
                    .isEqualTo(text.toString());
        }
    }

    @Test
    void eachQuestionHasItsAnswersInOrderAndTheLastStays() throws IOException {
        var talk = Transcript.of("""
                < hello
                # a comment

                > a
                < 1
                < 2
                > b
                <
                > a
                < 3
                >
                < pushed
                """).conversation();
        assertThat(talk.unasked()).isEqualTo("hello");
        assertThat(talk.answer("a") + talk.answer("a") + talk.answer("b") + talk.answer("a") + talk.answer("a"))
                .isEqualTo("1233");
        assertThat(talk.answer("never asked")).isEmpty();
        assertThat(talk.unasked() + talk.unasked()).isEqualTo("pushed");
    }

    @Test
    void aFailureIsAnAnswerToo() {
        var talk = Transcript.of("> a\n! the line is gone\n").conversation();
        assertThatIOException().isThrownBy(() -> talk.answer("a")).withMessage("the line is gone");
    }

    @Test
    void eachLinkHasItsConversation() throws IOException {
        var transcript = Transcript.of("""
                cobnut transcript 1
                driver acme
                port /dev/a b
                option flag
                option text a = b\\x20
                link org.cobnut.link.ByteLink /dev/a b
                > q
                < one
                link org.cobnut.link.SerialLink /dev/c
                > q
                < two
                + more
                = cts true
                link org.cobnut.link.ByteLink /dev/a b
                < three
                """);
        assertThat(transcript.driver()).isEqualTo("acme");
        assertThat(transcript.port()).isEqualTo("/dev/a b");
        assertThat(transcript.options())
                .containsEntry("flag", "")
                .containsEntry("text", "a = b ")
                .hasSize(2);
        var first = transcript.conversation(ByteLink.class, "/dev/a b");
        assertThat(first.answer("q") + first.answer("q")).isEqualTo("onethree");
        var second = transcript.conversation(SerialLink.class, "/dev/c");
        assertThat(second.answer("q")).isEqualTo("twomore");
        assertThat(new ReplayedLink(second).cts()).isTrue();
        assertThat(new ReplayedLink(second).dcd()).isFalse();
        assertThatIOException()
                .isThrownBy(() -> transcript.conversation(ByteLink.class, "/dev/c"))
                .withMessageEndingWith("holds no ByteLink to /dev/c");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            * x          | '*' begins no line of a transcript
            > a\\q       | '\\q' is no escape; a backslash is written \\\\
            > a\\x1      | '1' is not 2 hexadecimal digits
            > a\\        | '\\ ' is no escape; a backslash is written \\\\
            + more       | '+' without a line before it
            option       | 'option' without a name
            cobnut transcript 2 | this is 'cobnut transcript 2', and not 'cobnut transcript 1'
            """)
    void namesTheLineOfAFault(String line, String fault) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Transcript.of("# first\n" + line + "\n"))
                .withMessage("transcript:2: " + fault);
    }

    @Test
    void asksWhenTheDirectionTurnsInWhateverPieces() throws IOException {
        var link =
                new ReplayedLink(Transcript.of("> Q1\\r\n< (230\\r\n> C\\r\n").conversation()).inPiecesOf(2);
        link.write("Q".getBytes(StandardCharsets.ISO_8859_1));
        link.write("1\r".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(new String(link.readUntil('\r', 9, SECOND), StandardCharsets.ISO_8859_1))
                .isEqualTo("(230\r");
        link.write("C\r".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(link.read(new byte[1], SECOND)).isZero();
        assertThat(link.asked()).containsExactly("Q1\r", "C\r");
        link.hangUp();
        assertThatIOException().isThrownBy(() -> link.read(new byte[1], SECOND));
    }
}
