package org.cobnut.cli.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.cobnut.client.DriverSocket;

/** Represents the process of a driver, of Cobnut or of NUT, identified by its PID file and its socket. */
public final class DriverProcess {
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final long SECONDS_TO_END = 15;

    private final UpsConf.Section section;
    private final Path pidFile;
    private final DriverSocket socket;

    DriverProcess(UpsConf.Section section, Path state, Path pids) {
        this.section = section;
        pidFile = pids.resolve(section.stem() + ".pid");
        socket = new DriverSocket(state.resolve(section.stem()), ANSWER);
    }

    Path pidFile() {
        return pidFile;
    }

    /** The process of the PID file, if it lives and is that driver. */
    Optional<ProcessHandle> process() {
        try {
            String text = Files.readString(pidFile).strip();
            if (!text.matches("[1-9]\\d{0,9}")) return Optional.empty();
            return ProcessHandle.of(Long.parseLong(text))
                    .filter(ProcessHandle::isAlive)
                    .filter(this::drives);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private boolean drives(ProcessHandle process) {
        String driver = section.driver().orElse("");
        try {
            List<String> words = List.of(Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"))
                    .split("\0", -1));
            String program = words.get(0).substring(words.get(0).lastIndexOf('/') + 1);
            return program.equals(driver) || words.contains("-Dcobnut.program=" + driver);
        } catch (IOException e) {
            return true; // it cannot be looked at
        }
    }

    /** Ends it, the hard way at last; whether there was one, and it has ended. */
    boolean stop() throws InterruptedException {
        Optional<ProcessHandle> process = process();
        if (process.isEmpty()) return order("driver.exit");
        process.get().destroy();
        if (ended(process.get())) return true;
        process.get().destroyForcibly();
        return ended(process.get());
    }

    /** Has it do one of the commands that every driver knows; whether it did. */
    boolean order(String command) throws InterruptedException {
        try {
            int code = socket.order("INSTCMD " + command);
            return code == 0 || (code < 0 && command.equals("driver.exit"));
        } catch (IOException e) {
            return false;
        }
    }

    /** What it says of itself on its socket; empty when it does not answer. */
    Optional<Said> said() throws InterruptedException {
        try {
            String pid = "N/A";
            var variables = new LinkedHashMap<String, String>();
            for (List<String> words : socket.ask(List.of("NOBROADCAST", "GETPID", "DUMPALL"), words -> words.get(0)
                    .equals("DUMPDONE"))) {
                if (words.size() == 2 && words.get(0).equals("PID")) pid = words.get(1);
                if (words.size() == 3 && words.get(0).equals("SETINFO")) variables.put(words.get(1), words.get(2));
            }
            return Optional.of(new Said(pid, variables));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Its number and its UPS's variables, in its own words and order. */
    record Said(String pid, Map<String, String> variables) {
        Said {
            variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
        }

        String status() {
            return variables.getOrDefault("ups.status", "");
        }
    }

    private static boolean ended(ProcessHandle process) throws InterruptedException {
        try {
            process.onExit().get(SECONDS_TO_END, TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }
}
