package org.cobnut.drivers.megatec;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.cobnut.testkit.Python;

/** A simulated UPS on a pseudo-terminal: src/test/resources/ups.py with one of the conversations beside it. */
final class PtyUps implements AutoCloseable {
    private static final Path RESOURCES = Path.of("src/test/resources");

    private final Process process;
    private final BufferedReader in;
    private final Writer out;
    private final Path port;

    PtyUps(String dialect, Path folder) throws IOException {
        port = folder.resolve("tty-" + dialect);
        String script = RESOURCES.resolve("ups.py").toString();
        process = new ProcessBuilder(Python.command(
                        script, port.toString(), conversation(dialect).toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        in = process.inputReader();
        out = process.outputWriter();
        if (!"ready".equals(in.readLine())) throw new IOException("the simulator does not start");
    }

    static Path conversation(String dialect) {
        return RESOURCES.resolve("dialects").resolve(dialect + ".txt");
    }

    /** The same UPS without a line. */
    static Transcript transcript(String dialect) throws IOException {
        return Transcript.of(Files.readString(conversation(dialect)));
    }

    String port() {
        return port.toString();
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
    public void close() throws IOException {
        process.destroyForcibly();
        Files.deleteIfExists(port);
    }
}
