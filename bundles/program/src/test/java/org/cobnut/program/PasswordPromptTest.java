package org.cobnut.program;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class PasswordPromptTest {
    @Test
    void readsALineOfWhateverItIsGiven() throws IOException {
        var shown = new ByteArrayOutputStream();
        var prompt = new PasswordPrompt(
                new ByteArrayInputStream("secret\nother".getBytes(ISO_8859_1)),
                new PrintStream(shown, true, ISO_8859_1));
        assertThat(prompt.ask("Password: ")).contains("secret");
        assertThat(prompt.line()).contains("other");
        assertThat(prompt.line()).isEmpty();
        assertThat(shown.toString(ISO_8859_1)).startsWith("Password: ").doesNotContain("secret");
    }
}
