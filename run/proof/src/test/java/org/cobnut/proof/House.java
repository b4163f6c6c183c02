package org.cobnut.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A directory of NUT's files for one server, and what runs on it; all of it goes when it is closed. */
final class House implements AutoCloseable {
    /** The sections of house/ups.conf whose driver runs. */
    static final List<String> DEVICES =
            List.of("alpha", "Beta", "rw", "login", "login2", "fsd", "fsd2", "monitored", "alarm", "stale");

    private static final Path FILES = Path.of("src/test/resources/house");
    private static final int TRIES = 50;

    final int port = freePort();
    final Path dir;
    private final Path log;

    House(Map<String, String> places) throws IOException {
        this(FILES, places);
    }

    /** A copy of those files, with {@code @PORT@}, {@code @DIR@} and the other places filled in. */
    House(Path files, Map<String, String> places) throws IOException {
        dir = Files.createTempDirectory("nut");
        log = dir.resolve("log");
        try (Stream<Path> each = Files.list(files)) {
            for (Path file : each.toList()) write(file.getFileName().toString(), Files.readString(file), places);
        }
    }

    void write(String name, String text, Map<String, String> places) throws IOException {
        String filled = text.replace("@PORT@", String.valueOf(port)).replace("@DIR@", dir.toString());
        for (Map.Entry<String, String> place : places.entrySet())
            filled = filled.replace('@' + place.getKey() + '@', place.getValue());
        Files.writeString(dir.resolve(name), filled);
    }

    Process start(String... command) throws IOException {
        ProcessBuilder builder = builder(command).redirectErrorStream(true);
        return builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    /** Runs a program to its end. */
    Ran run(String... command) throws IOException {
        Path errors = Files.createTempFile(dir, "err", "");
        Process process = builder(command).redirectError(errors.toFile()).start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        return new Ran(out, Files.readString(errors), end(process));
    }

    /** What a program wrote, and how it ended. */
    record Ran(String out, String errors, int exit) {}

    Path log() {
        return log;
    }

    /** Asks until the answer is the one that is waited for. */
    void await(String request, Predicate<String> answer) {
        waitFor(() -> answer.test(ask(request)), () -> request + " still gives " + ask(request) + "\n" + said());
    }

    /** What the programs said so far. */
    String said() {
        return text("log");
    }

    /** A file of the directory; empty as long as there is none. */
    String text(String name) {
        try {
            return Files.readString(dir.resolve(name));
        } catch (IOException none) {
            return "";
        }
    }

    static void waitFor(BooleanSupplier done, java.util.function.Supplier<String> otherwise) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!done.getAsBoolean()) {
            if (System.nanoTime() > deadline) throw new IllegalStateException(otherwise.get());
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(25));
        }
    }

    /** Lets time pass, in which something must not happen. */
    static void pass(int millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) LockSupport.parkNanos(left);
    }

    /** Ends a process that we started. */
    static int end(Process process) {
        try {
            if (process.isAlive() && !process.waitFor(10, TimeUnit.SECONDS)) process.destroyForcibly();
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            return -1;
        }
    }

    static String user() {
        return System.getProperty("user.name");
    }

    static int freePort() {
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One request on a connection of its own; what went wrong, where it cannot be made. */
    String ask(String request) {
        try (var connection = new Connection(port)) {
            return connection.ask(request);
        } catch (IOException notYet) {
            return notYet.toString();
        }
    }

    private ProcessBuilder builder(String... command) {
        var builder = new ProcessBuilder(command).directory(dir.toFile());
        Map<String, String> environment = builder.environment();
        for (String name : List.of("NUT_CONFPATH", "NUT_STATEPATH", "NUT_ALTPIDPATH", "NUT_PIDPATH"))
            environment.put(name, dir.toString());
        environment.put("NUT_QUIET_INIT_SSL", "true");
        environment.put("NUT_QUIET_OK_NOTRACKING", "true");
        return builder;
    }

    /** What still ends in the background writes and deletes here meanwhile. */
    @Override
    public void close() throws IOException {
        for (int i = 0; Files.exists(dir); i++) {
            try (Stream<Path> all = Files.walk(dir)) {
                for (Path each : all.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(each);
            } catch (UncheckedIOException | FileSystemException changing) {
                if (i == TRIES) throw changing;
                pass(100);
            }
        }
    }
}
