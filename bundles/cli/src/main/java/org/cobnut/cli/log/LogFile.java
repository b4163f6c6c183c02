package org.cobnut.cli.log;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.cobnut.cli.terminal.FailureText;
import org.cobnut.cli.terminal.Terminal;
import org.cobnut.program.ProgramFailure;

/**
 * Represents a file, or standard output, to which upslog appends lines. A full disk loses lines, but never ends the
 * program.
 */
public final class LogFile implements AutoCloseable {
    /** When a file is put aside by its size: never when {@code size} is 0. */
    record Rotation(long size, int kept) {
        static final Rotation NEVER = new Rotation(0, 0);

        /** Reads {@code SIZE[k|M|G][,KEPT]}. */
        static Rotation of(String text) throws ProgramFailure {
            int comma = text.indexOf(',');
            String size = comma < 0 ? text : text.substring(0, comma);
            int unit = size.isEmpty() ? -1 : "kMG".indexOf(size.charAt(size.length() - 1));
            String digits = unit < 0 ? size : size.substring(0, size.length() - 1);
            try {
                long bytes = Math.multiplyExact(Long.parseLong(digits), 1L << (10 * (unit + 1)));
                int kept = comma < 0 ? 1 : Integer.parseInt(text.substring(comma + 1));
                if (bytes > 0 && kept > 0) return new Rotation(bytes, kept);
            } catch (ArithmeticException | NumberFormatException e) {
                // Said below.
            }
            throw new ProgramFailure("Error: -R wants SIZE[k|M|G][,KEPT], such as 10M,3, not " + text);
        }
    }

    private final String name;
    private final Rotation rotation;
    private final Terminal terminal;
    private OutputStream out = OutputStream.nullOutputStream();
    private long length;
    private boolean failing;

    /** Opens a file, or standard output for the name {@code -}. */
    LogFile(String name, Rotation rotation, Terminal terminal) throws ProgramFailure {
        this.name = name;
        this.rotation = rotation;
        this.terminal = terminal;
        try {
            open();
        } catch (IOException e) {
            throw new ProgramFailure("could not open logfile " + name + ": " + FailureText.file(e));
        }
    }

    boolean standardOutput() {
        return name.equals("-");
    }

    void write(String line) {
        byte[] bytes = (line + '\n').getBytes(StandardCharsets.ISO_8859_1);
        try {
            if (standardOutput()) {
                terminal.out(line + '\n');
                return;
            }
            if (rotation.size > 0 && length > 0 && length + bytes.length > rotation.size) rotate();
            out.write(bytes);
            length += bytes.length;
            if (failing) terminal.err("logfile " + name + " is written again");
            failing = false;
        } catch (IOException e) {
            if (!failing) terminal.err("could not write logfile " + name + ": " + FailureText.file(e));
            failing = true;
        }
    }

    /** Goes on in the file of that name, which may have become another. */
    void reopen() throws ProgramFailure {
        try {
            if (!standardOutput()) open();
        } catch (IOException e) {
            throw new ProgramFailure("could not reopen logfile " + name + ": " + FailureText.file(e));
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    private void rotate() throws IOException {
        for (int i = rotation.kept - 1; i > 0; i--)
            if (Files.exists(aside(i))) Files.move(aside(i), aside(i + 1), StandardCopyOption.REPLACE_EXISTING);
        Files.move(Path.of(name), aside(1), StandardCopyOption.REPLACE_EXISTING);
        open();
    }

    private Path aside(int number) {
        return Path.of(name + '.' + number);
    }

    private void open() throws IOException {
        if (standardOutput()) return;
        Path path = Path.of(name);
        OutputStream next = Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        out.close();
        out = next;
        length = Files.size(path);
    }
}
