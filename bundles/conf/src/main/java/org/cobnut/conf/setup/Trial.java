package org.cobnut.conf.setup;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cobnut.conf.program.NutconfProgram;

/**
 * Runs the new devices of a proposal in a Cobnut of its own, in a folder that only this account can enter: its upsd listens on
 * a free port of this machine, its upsmon tells nobody and would run a command that does nothing. One thread.
 */
final class Trial implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(45);
    private static final Duration PAUSE = Duration.ofMillis(300);
    private static final String HARMLESS = "/bin/true ";

    private final Path home;
    private final Path folder;
    private final Path flag;
    private final int port;
    private final Thread end = new Thread(this::end, "end of the trial");
    private Optional<Process> process = Optional.empty();

    Trial(Path home) throws IOException {
        this.home = home;
        port = freePort();
        folder = Files.createTempDirectory("cobnut-setup");
        flag = folder.resolve("killpower");
        Runtime.getRuntime().addShutdownHook(end);
    }

    /** Starts it; the configuration directory is for files that a section names, such as those of dummy-ups. */
    void start(Path directory, Proposal proposal) throws IOException {
        write("nut.conf", "MODE=standalone\n");
        write("ups.conf", proposal.sections());
        write("upsd.conf", "LISTEN 127.0.0.1 " + port + "\n");
        write(
                "upsd.users",
                proposal.additions().stream()
                        .filter(addition -> addition.file().equals("upsd.users"))
                        .map(Addition::text)
                        .collect(Collectors.joining()));
        if (!proposal.monitors().isEmpty()) write("upsmon.conf", upsmon(proposal));
        for (FoundDevice device : FoundDevice.in(proposal.sections())) {
            Path port = directory.resolve(device.value("port").orElse(""));
            if (directory.equals(port.getParent()) && Files.isRegularFile(port))
                Files.copy(port, folder.resolve(port.getFileName()));
        }
        process = Optional.of(start("cobnut", "run"));
    }

    private void write(String file, String text) throws IOException {
        Path path = Files.writeString(folder.resolve(file), text, StandardCharsets.ISO_8859_1);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
    }

    /** The file of upsmon in which nothing reaches anybody, and the shutdown is none. */
    private String upsmon(Proposal proposal) {
        String quiet = NutconfProgram.TYPES.stream()
                .sorted()
                .map(type -> "NOTIFYFLAG " + type + " IGNORE\n")
                .collect(Collectors.joining());
        String monitors = String.join("\n", proposal.monitors()).replace('@' + proposal.host(), "@localhost:" + port);
        return monitors + "\nMINSUPPLIES " + proposal.names().size() + "\nSHUTDOWNCMD \"" + HARMLESS + Proposal.SHUTDOWN
                + "\"\nPOWERDOWNFLAG \"" + flag + "\"\n" + quiet;
    }

    /** Waits until each device has answered, and returns a line on each; says of those that have not why. */
    Result devices(List<String> names) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        var waiting = new ArrayList<>(names);
        var lines = new ArrayList<String>();
        while (!waiting.isEmpty()
                && System.nanoTime() < deadline
                && process.filter(Process::isAlive).isPresent()) {
            for (String ups : List.copyOf(waiting)) {
                Output status = run("upsc", ups + "@127.0.0.1:" + port, "ups.status");
                if (status.exit() != 0
                        || status.text().isBlank()
                        || status.text().contains("WAIT")) continue;
                waiting.remove(ups);
                lines.add("[" + ups + "] answers: " + status.text().strip());
            }
            if (!waiting.isEmpty()) LockSupport.parkNanos(PAUSE.toNanos());
        }
        if (waiting.isEmpty()) return new Result(true, lines);
        lines.add("no answer from " + String.join(", ", waiting) + ":");
        run("nutctl", "list").text().lines().forEach(lines::add);
        return new Result(false, lines);
    }

    /** Whether all of it went well, and what there is to say. */
    record Result(boolean good, List<String> lines) {}

    /** What upsmon would do in an outage, in the words of nutctl rehearse, with what the files will say. */
    List<String> rehearsal(Proposal proposal) throws IOException {
        return run("nutctl", "rehearse")
                .text()
                .lines()
                .map(line -> line.replace(HARMLESS + Proposal.SHUTDOWN, Proposal.SHUTDOWN)
                        .replace(flag.toString(), Proposal.FLAG)
                        .replace("@localhost:" + port, '@' + proposal.host())
                        .replace(" by nobody (IGNORE)", ""))
                .toList();
    }

    private record Output(int exit, String text) {}

    private Output run(String program, String... words) throws IOException {
        Process run = start(program, words);
        try {
            run.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            String text = Files.readString(log(program), StandardCharsets.ISO_8859_1);
            return new Output(run.isAlive() ? -1 : run.exitValue(), text);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopped);
        } finally {
            run.destroyForcibly();
        }
    }

    private Path log(String program) {
        return folder.resolve("log-" + program);
    }

    private Process start(String program, String... words) throws IOException {
        var command =
                new ArrayList<>(List.of(home.resolve("bin").resolve(program).toString()));
        command.addAll(List.of(words));
        File log = log(program).toFile();
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log);
        Map<String, String> environment = builder.environment();
        environment.remove("NOTIFY_SOCKET");
        for (String place : List.of("NUT_CONFPATH", "NUT_STATEPATH", "NUT_PIDPATH", "NUT_ALTPIDPATH"))
            environment.put(place, folder.toString());
        environment.put("NUT_QUIET_INIT_SSL", "true");
        Process started = builder.start();
        started.getOutputStream().close();
        return started;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void end() {
        try {
            if (process.isPresent()) {
                process.get().destroy();
                if (!process.get().waitFor(20, TimeUnit.SECONDS)) process.get().destroyForcibly();
            }
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path each : all.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(each);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (IOException left) {
            System.err.println("nutctl setup: " + folder + " is left behind, and can be deleted");
        }
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(end);
        end();
    }
}
