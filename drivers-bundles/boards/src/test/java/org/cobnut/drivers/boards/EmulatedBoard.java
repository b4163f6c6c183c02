package org.cobnut.drivers.boards;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/**
 * A board with the bus /dev/i2c-1 and the chip /dev/gpiochip0, on umockdev: this JVM, which the pom starts with its library, and
 * programs with its {@link #environment} see them. It stays until the JVM ends.
 */
final class EmulatedBoard {
    private static final String PRELOAD = "libumockdev-preload.so.0";
    private static EmulatedBoard board;

    private final BufferedReader in;
    private final Writer out;
    private final String folder;

    private EmulatedBoard() throws IOException {
        Path script = Files.createTempFile("board", ".py");
        try (InputStream resource = EmulatedBoard.class.getResourceAsStream("board.py")) {
            Files.copy(resource, script, StandardCopyOption.REPLACE_EXISTING);
        }
        var builder = new ProcessBuilder("/usr/bin/python3", script.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().remove("UMOCKDEV_DIR");
        builder.environment().put("LD_PRELOAD", PRELOAD);
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        script.toFile().deleteOnExit();
        in = process.inputReader(StandardCharsets.US_ASCII);
        out = process.outputWriter(StandardCharsets.US_ASCII);
        String ready = in.readLine();
        if (ready == null || !ready.startsWith("ready "))
            throw new IOException("the emulator said '" + ready
                    + "'; it needs: apt-get install umockdev gir1.2-umockdev-1.0 python3-gi");
        folder = ready.substring(6);
        Path given = Path.of(System.getenv("UMOCKDEV_DIR"));
        Files.deleteIfExists(given);
        Files.createSymbolicLink(given, Path.of(folder));
    }

    static synchronized EmulatedBoard start() throws IOException {
        if (board == null) board = new EmulatedBoard();
        return board;
    }

    /** What a program needs in its environment to see the board. */
    Map<String, String> environment() {
        return Map.of("UMOCKDEV_DIR", folder, "LD_PRELOAD", PRELOAD);
    }

    /** Sets a register of a chip, bytes in hexadecimal. */
    EmulatedBoard set(int address, int register, String hex) throws IOException {
        ask("set %x %x %s".formatted(address, register, hex));
        return this;
    }

    /** Sets a register of two bytes. */
    EmulatedBoard word(int address, int register, int value) throws IOException {
        return set(address, register, "%02x%02x".formatted(value & 0xff, value >> 8 & 0xff));
    }

    /** A chip does not answer for a register any more. */
    EmulatedBoard forget(int address, int register) throws IOException {
        ask("forget %x %x".formatted(address, register));
        return this;
    }

    /** Which GPIO lines are high, a bit each. */
    EmulatedBoard lines(int bits) throws IOException {
        ask("lines %x".formatted(bits));
        return this;
    }

    /** The number of an open file of the chip, for the next one who asks for lines: the kernel would make one. */
    EmulatedBoard handle(int number) throws IOException {
        ask("handle " + number);
        return this;
    }

    /** What was written since the last call: address, register, bytes. */
    List<String> writes() throws IOException {
        String answer = ask("written").substring("writes".length()).strip();
        return answer.isEmpty() ? List.of() : List.of(answer.split(" "));
    }

    private synchronized String ask(String order) throws IOException {
        out.write(order + "\n");
        out.flush();
        String answer = in.readLine();
        if (answer == null) throw new IOException("the emulator has ended");
        return answer;
    }
}
