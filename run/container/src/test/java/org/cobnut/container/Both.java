package org.cobnut.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.cobnut.testkit.Distribution;

/** NUT files in one directory, over which our programs and Debian's are run with the same words. */
final class Both {
    /** Who is to run: our distribution or Debian's packages. */
    enum Maker {
        COBNUT,
        DEBIAN;

        Path program(String name) {
            if (this == COBNUT) return Distribution.home().resolve("bin").resolve(name);
            return name.startsWith("upsdrv") ? Path.of("/sbin", name) : Path.of("/lib/nut", name);
        }
    }

    /** What a program said and how it ended. */
    record Result(int status, String out, String err) {}

    private final Path conf;
    private final Path state;

    Both(Path directory) throws IOException {
        conf = Files.createDirectories(directory.resolve("etc"));
        state = Files.createDirectories(directory.resolve("s"));
        Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwxrwx---"));
    }

    Both file(String name, String text) throws IOException {
        Files.setPosixFilePermissions(
                Files.writeString(conf.resolve(name), text), PosixFilePermissions.fromString("rw-r-----"));
        return this;
    }

    Path conf() {
        return conf;
    }

    Path state() {
        return state;
    }

    /** Runs it to its end, which for a daemon is when it has gone to the background. */
    Result run(Maker maker, String program, String... words) throws IOException, InterruptedException {
        var out = Files.createTempFile(state, "out", "");
        var err = Files.createTempFile(state, "err", "");
        var process = builder(maker, program, words)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        process.getOutputStream().close();
        if (!process.waitFor(90, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(program + " " + String.join(" ", words) + " does not end: " + Files.readString(err));
        }
        var result = new Result(process.exitValue(), Files.readString(out), Files.readString(err));
        Files.delete(out);
        Files.delete(err);
        return result;
    }

    ProcessBuilder builder(Maker maker, String program, String... words) {
        var command = new ArrayList<>(List.of(maker.program(program).toString()));
        command.addAll(List.of(words));
        var builder = new ProcessBuilder(command);
        var environment = builder.environment();
        environment.put("NUT_CONFPATH", conf.toString());
        for (var name : List.of("NUT_STATEPATH", "NUT_ALTPIDPATH", "NUT_PIDPATH"))
            environment.put(name, state.toString());
        environment.put("NUT_QUIET_INIT_SSL", "true");
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        return builder;
    }

    /** The process that a PID file names; NUT's daemons write it a moment after their parent has returned. */
    ProcessHandle daemon(String stem) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        var file = state.resolve(stem + ".pid");
        while (true) {
            var text = Files.exists(file) ? Files.readString(file).strip() : "";
            var found = text.matches("\\d+") ? ProcessHandle.of(Long.parseLong(text)) : Optional.<ProcessHandle>empty();
            if (found.isPresent()) return found.get();
            if (System.nanoTime() > deadline) throw new IOException(stem + " does not run");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    /** Ends whoever has a PID file here. */
    void close() throws IOException, InterruptedException {
        try (var files = Files.list(state)) {
            for (var file : files.filter(f -> f.toString().endsWith(".pid")).toList()) {
                var pid = Files.readString(file).strip();
                if (pid.matches("\\d+")) ProcessHandle.of(Long.parseLong(pid)).ifPresent(Both::end);
            }
        }
    }

    static void end(ProcessHandle process) {
        process.destroyForcibly();
        process.onExit().join();
    }
}
