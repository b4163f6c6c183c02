package org.cobnut.link.serial;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import org.cobnut.testkit.Python;

/** The far end of a line: a pseudo-terminal that a small Python program holds. */
final class Pty implements AutoCloseable {
    private final Process process;
    private final BufferedReader in;
    private final Writer out;
    private final String path;

    Pty() throws IOException {
        process = new ProcessBuilder(
                        Python.command(Path.of("src/test/resources/pty.py").toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        in = process.inputReader();
        out = process.outputWriter();
        path = in.readLine();
    }

    String path() {
        return path;
    }

    void send(String text) {
        order("send " + HexFormat.of().formatHex(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    String receive(int count) {
        return new String(HexFormat.of().parseHex(order("receive " + count)), StandardCharsets.ISO_8859_1);
    }

    String order(String order) {
        try {
            out.write(order + "\n");
            out.flush();
            return in.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
