package org.cobnut.cli;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Talks with a driver by hand (sockdebug): lines from standard input go to it, and what it says is shown word by word. */
final class Sockdebug {
    static final String HELP = """
            usage: sockdebug <socket>

            Sends the lines of standard input to a driver, and shows what the driver says.

              <socket>  - the path of its socket, or its name in the state path, such as dummy-ups-myups
            """;

    private final Terminal terminal;
    private volatile boolean over;

    Sockdebug(Terminal terminal) {
        this.terminal = terminal;
    }

    void run(String[] args) throws Failure, IOException {
        if (args.length != 1 || args[0].equals("-h") || args[0].equals("--help")) {
            Main.help("sockdebug", HELP, terminal);
            return;
        }
        try (var driver = DriverSocket.open(args[0], terminal)) {
            terminal.out("connected: " + args[0] + '\n');
            var input = new Thread(() -> type(driver), "input");
            input.setDaemon(true);
            input.start();
            for (Optional<List<String>> line = driver.read(); line.isPresent(); line = driver.read()) show(line.get());
        } catch (IOException e) {
            throw new Failure(String.valueOf(e.getMessage()));
        }
        if (!over) throw new Failure("the driver has closed the connection");
    }

    private void show(List<String> words) {
        var text = new StringBuilder("numarg=").append(words.size()).append(" : ");
        for (String word : words) text.append('[').append(word).append("] ");
        terminal.out(text.append('\n').toString());
    }

    /** When the input is over so is the program, once the driver had its say on the last line. */
    private void type(DriverSocket driver) {
        try {
            for (Optional<String> line = terminal.line(); line.isPresent(); line = terminal.line())
                driver.send(line.get() + '\n');
            over = true;
            driver.end();
        } catch (IOException e) {
            terminal.err("write to socket: " + e.getMessage());
        }
    }
}
