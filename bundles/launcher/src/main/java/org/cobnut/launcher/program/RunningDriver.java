package org.cobnut.launcher.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.cobnut.client.DriverSocket;
import org.cobnut.launcher.process.NutProcess;
import org.cobnut.launcher.process.StartException;

/**
 * Represents the driver that serves a section already, of Cobnut or of NUT: asked on its socket first, then by signals.
 */
public final class RunningDriver {
    private static final Duration SOCKET = Duration.ofSeconds(5);
    private static final Duration RELOAD = Duration.ofSeconds(15);
    private static final Duration KILLPOWER = Duration.ofSeconds(30);
    private static final long SIGNAL_SECONDS = 10;
    private static final long POLL_MILLIS = 50;
    private static final int DONE = 0;

    private final Program.Driver program;
    private final StartMessages messages;
    private final Path socket;
    private final Path file;

    public RunningDriver(Directories directories, Program.Driver program, StartMessages messages) {
        this.program = program;
        this.messages = messages;
        socket = directories.state().resolve(program.stem());
        file = directories.pid().resolve(program.stem() + ".pid");
    }

    /** Has it switch the load off; whether it did. */
    public boolean kills() throws InterruptedException {
        var outcome = ask(KILLPOWER, "SET driver.flag.allow_killpower \"1\"", "INSTCMD driver.killpower");
        boolean done = outcome.isPresent() && outcome.getAsInt() == DONE;
        if (done) messages.err().println("Initiating UPS shutdown: done by the driver that runs");
        return done;
    }

    /** Brings it one of the words of -c; whether that worked. */
    public boolean tell(String word) throws StartException, InterruptedException {
        if (word.equals("exit")) {
            boolean there = exits() || holder().isPresent();
            if (there) dismiss();
            else messages.err().println("no driver %s runs for this section".formatted(program.name()));
            return there;
        }
        var outcome = ask(RELOAD, "INSTCMD driver." + word);
        if (outcome.isPresent() && outcome.getAsInt() >= DONE) {
            if (outcome.getAsInt() != DONE)
                messages.err().println("driver." + word + ": answered " + outcome.getAsInt());
            return outcome.getAsInt() == DONE;
        }
        if (word.equals("reload-or-error")) {
            messages.err().println("no driver answers on " + socket); // which no signal can
            return false;
        }
        return new CommandSignal(messages, program.name()).signal(Optional.empty(), file, signal(word));
    }

    /** The signal that says as much as a word of -c. */
    public static String signal(String word) {
        return switch (word) {
            case "exit" -> "TERM";
            case "reload-or-exit" -> "USR1";
            default -> "HUP";
        };
    }

    /** Has it end, so that its place is free; by force when it does not hear. */
    public void dismiss() throws StartException, InterruptedException {
        boolean asked = exits();
        var nutProcess = holder();
        if (nutProcess.isEmpty()) return;
        if (asked && gone(nutProcess.get(), SIGNAL_SECONDS)) return;
        for (var signal : new String[] {"TERM", "KILL"}) {
            messages.err()
                    .println("Duplicate driver instance detected (process %d): sending %s"
                            .formatted(nutProcess.get().pid(), signal));
            var failure = nutProcess.get().signal(signal);
            if (!failure.isEmpty())
                throw new StartException(
                        "cannot end process %d: %s".formatted(nutProcess.get().pid(), failure));
            if (gone(nutProcess.get(), SIGNAL_SECONDS)) return;
        }
        throw new StartException("process %d serves this section and does not end"
                .formatted(nutProcess.get().pid()));
    }

    private Optional<NutProcess> holder() throws StartException {
        return PidFile.holder(file, program.name());
    }

    private boolean gone(NutProcess nutProcess, long seconds) throws InterruptedException {
        if (!NutProcess.visible()) return released(System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds));
        var process = ProcessHandle.of(nutProcess.pid());
        if (process.isEmpty()) return true;
        try {
            process.get().onExit().get(seconds, TimeUnit.SECONDS);
            return true;
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
            return false;
        }
    }

    private boolean released(long deadline) throws InterruptedException {
        while (PidFile.held(file)) {
            if (System.nanoTime() > deadline) return false;
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        return true;
    }

    /** Tells whether the driver has accepted the command to end. */
    private boolean exits() throws InterruptedException {
        var outcome = ask(SOCKET, "INSTCMD driver.exit");
        // It may end before it answers.
        return outcome.isPresent() && outcome.getAsInt() <= DONE;
    }

    /** Sends these commands and returns the code that answers the last one; empty without an answer. */
    private OptionalInt ask(Duration patience, String... orders) throws InterruptedException {
        if (!Files.exists(socket)) return OptionalInt.empty();
        try {
            return OptionalInt.of(new DriverSocket(socket, patience).order(orders));
        } catch (IOException e) {
            return OptionalInt.empty();
        }
    }
}
