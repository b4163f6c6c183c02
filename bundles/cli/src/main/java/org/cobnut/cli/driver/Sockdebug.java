package org.cobnut.cli.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.cobnut.cli.terminal.FailureText;
import org.cobnut.cli.terminal.Help;
import org.cobnut.cli.terminal.Options;
import org.cobnut.cli.terminal.Terminal;
import org.cobnut.client.DriverSocket;
import org.cobnut.program.ProgramFailure;
import org.cobnut.wire.ErrorText;

/** Runs sockdebug: sends lines of standard input to a driver, and prints its answers word by word. */
public final class Sockdebug {
    static final String HELP = """
            usage: sockdebug <socket>

            Sends the lines of standard input to a driver, and shows what the driver says.

              <socket>  - the path of its socket, or its name in the state path, such as dummy-ups-myups
            """;

    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(5);

    private final Terminal terminal;
    private volatile boolean over;
    private volatile int pings;

    public Sockdebug(Terminal terminal) {
        this.terminal = terminal;
    }

    public void run(String[] args) throws ProgramFailure, IOException {
        var options = Options.parse("hV", args);
        List<String> words = options.rest(1, "<socket>");
        if (Help.answered("sockdebug", options, HELP, terminal)) return;
        if (words.isEmpty()) {
            Help.print("sockdebug", HELP, terminal);
            return;
        }
        try (var driver = connect(words.get(0))) {
            terminal.out("connected: " + words.get(0) + '\n');
            var input = new Thread(() -> type(driver), "input");
            input.setDaemon(true);
            input.start();
            listen(driver);
        } catch (IOException e) {
            if (!over) throw new ProgramFailure(ErrorText.of(e));
        }
        if (!over) throw new ProgramFailure("the driver has closed the connection");
    }

    /** By a path, or by a name such as {@code dummy-ups-sim} in the state path. */
    private DriverSocket.Conversation connect(String name) throws IOException {
        Path path = Path.of(name);
        if (name.indexOf('/') < 0 && !Files.exists(path))
            path = terminal.stateDir().resolve(name);
        try {
            return DriverSocket.open(path);
        } catch (IOException e) {
            throw new IOException("connect: " + path + ": " + FailureText.file(e), e);
        }
    }

    /** Shows all until the driver hangs up, or has answered the last line of the input. */
    private void listen(DriverSocket.Conversation driver) throws IOException {
        int pongs = 0;
        for (Optional<List<String>> line = driver.read(); line.isPresent(); line = driver.read()) {
            if (line.get().equals(List.of("PONG"))) pongs++;
            if (over && pongs > pings) return;
            show(line.get());
        }
    }

    private void show(List<String> words) {
        var text = new StringBuilder("numarg=").append(words.size()).append(" : ");
        for (String word : words) text.append('[').append(word).append("] ");
        terminal.out(text.append('\n').toString());
    }

    /** A PING of our own behind the last line: a driver answers in order, and may not see that we hang up. */
    private void type(DriverSocket.Conversation driver) {
        int typed = 0;
        try {
            for (Optional<String> line = terminal.line(); line.isPresent(); line = terminal.line()) {
                if (line.get().trim().equalsIgnoreCase("PING")) pings = ++typed;
                driver.send(line.get() + '\n');
            }
            over = true;
            driver.send("PING\n");
            LockSupport.parkNanos(PATIENCE);
            driver.close();
        } catch (IOException e) {
            terminal.err("write to socket: " + ErrorText.of(e));
        }
    }
}
