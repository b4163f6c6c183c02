package org.cobnut.cli.terminal;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.cobnut.program.ProgramFailure;
import org.cobnut.wire.ErrorText;

/**
 * Moves a program to the background and writes its PID file. Java cannot fork, so the program starts itself a second
 * time.
 */
public final class Daemon implements AutoCloseable {
    private static final String DETACHED = "COBNUT_DETACHED";
    private static final Path SETSID = Path.of("/usr/bin/setsid");

    private final Terminal terminal;
    private final String program;
    private final Path pidFile;
    private final String pid = Long.toString(ProcessHandle.current().pid());

    /** A program whose PID file has that base name, or that path. */
    public Daemon(Terminal terminal, String program, String base) {
        this.terminal = terminal;
        this.program = program;
        String directory = terminal.env("NUT_PIDPATH");
        this.pidFile = base.startsWith("/")
                ? Path.of(base)
                : (directory.isEmpty() ? terminal.stateDir() : Path.of(directory)).resolve(base + ".pid");
    }

    /** Tells whether this is the one that stays. */
    public boolean detached() {
        return !terminal.env(DETACHED).isEmpty();
    }

    /** Starts the program again in a session of its own, and returns when it has started well. */
    public void detach(String[] args) throws ProgramFailure, IOException {
        var command = new ArrayList<String>();
        if (Files.isExecutable(SETSID)) command.add(SETSID.toString());
        command.add(
                Path.of(System.getProperty("cobnut.home", ""), "bin", program).toString());
        command.addAll(List.of(args));
        var builder = new ProcessBuilder(command).redirectInput(new File("/dev/null"));
        builder.environment().put(DETACHED, "1");
        Process child = start(builder.redirectOutput(ProcessBuilder.Redirect.INHERIT));
        // Its end of this pipe is closed when it is ready, or when it ends.
        try (InputStream said = child.getErrorStream()) {
            terminal.errors(new String(said.readAllBytes(), StandardCharsets.ISO_8859_1));
            if (child.waitFor(200, TimeUnit.MILLISECONDS) && child.exitValue() != 0) throw new ProgramFailure("");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Process start(ProcessBuilder builder) throws ProgramFailure {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new ProgramFailure("%s: cannot go to the background: %s: %s; -F keeps it in the foreground"
                    .formatted(program, builder.command().get(0), ErrorText.of(e)));
        }
    }

    /** All is well: leaves the PID file, and in the background lets go of the terminal. */
    public void ready() {
        try {
            Files.writeString(pidFile, pid + '\n');
        } catch (IOException e) {
            terminal.err("fopen " + pidFile + ": " + FailureText.file(e));
        }
        if (detached()) terminal.leave();
    }

    /** Takes the PID file away, unless it is another's by now. */
    @Override
    public void close() throws IOException {
        if (Files.isReadable(pidFile) && Files.readString(pidFile).trim().equals(pid)) Files.delete(pidFile);
    }
}
