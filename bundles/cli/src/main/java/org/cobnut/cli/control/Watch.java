package org.cobnut.cli.control;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.cobnut.cli.terminal.Terminal;
import org.cobnut.program.ProgramFailure;
import org.cobnut.wire.ErrorText;

/**
 * Shows the answer to one command again each second: on a terminal always in the same place, else whenever it has changed. A
 * Cobnut that ends is waited for.
 */
final class Watch {
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final String CLEAR = "\033[H\033[2J";
    private static final String HOME = "\033[H";
    private static final String CLEAR_LINE = "\033[K\n";
    private static final String CLEAR_REST = "\033[J";

    private final Terminal terminal;
    private final Path socket;
    private final boolean screen;
    private String shown = "";

    /** @param screen whether the output is a terminal */
    Watch(Terminal terminal, Path socket, boolean screen) {
        this.terminal = terminal;
        this.socket = socket;
        this.screen = screen;
    }

    /**
     * Runs until nobody reads any more.
     *
     * @throws ProgramFailure when the first answer is a refusal, or nobody gives one
     */
    void run(String command) throws ProgramFailure {
        if (screen) terminal.out(CLEAR);
        boolean answered = false;
        while (!terminal.broken()) {
            try (var client = new CommandClient(socket)) {
                while (!terminal.broken()) {
                    show(answer(client, command));
                    answered = true;
                    pause();
                }
            } catch (ProgramFailure none) {
                if (!answered) throw none;
                show(none.text());
            } catch (IOException broken) {
                show("nutctl: the connection to Cobnut at " + socket + " broke: " + ErrorText.of(broken));
            }
            pause();
        }
    }

    private static String answer(CommandClient client, String command) throws IOException, ProgramFailure {
        List<String> lines = new ArrayList<>();
        List<String> errors = new ArrayList<>();
        if (!client.give(command, false, lines::add, errors::add)) throw new ProgramFailure(String.join("\n", errors));
        return String.join("\n", lines);
    }

    private void show(String text) {
        String now = TIME.format(LocalTime.now(ZoneId.systemDefault()));
        if (screen)
            terminal.out(HOME + (now + "  Ctrl+C ends\n\n" + text + "\n").replace("\n", CLEAR_LINE) + CLEAR_REST);
        else if (!text.equals(shown)) terminal.out(now + '\n' + text + "\n\n");
        shown = text;
    }

    private static void pause() {
        LockSupport.parkNanos(PAUSE.toNanos());
    }
}
