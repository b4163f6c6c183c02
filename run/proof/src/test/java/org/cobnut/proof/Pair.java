package org.cobnut.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A upsd and the dummy-ups of its one device over one state path, each of them ours or Debian's, in the background. */
final class Pair implements AutoCloseable {
    static final String UPSD = "upsd";
    static final String DRIVER = "dummy-ups-demo";

    private static final Path FILES = Path.of("src/test/resources/pair");

    /** Whose program it is. */
    enum Maker {
        OURS,
        DEBIANS;

        String program(String name) {
            if (this == OURS) return CobnutServer.program(name);
            return switch (name) {
                case "upsdrvctl" -> "/sbin/upsdrvctl";
                case "upsc", "upscmd", "upsrw", "upslog" -> "/usr/bin/" + name;
                default -> "/lib/nut/" + name;
            };
        }

        Maker other() {
            return this == OURS ? DEBIANS : OURS;
        }
    }

    final House house;
    private final String named;
    private Maker server;
    private Maker driver;
    private int edits;

    /** Files for both, and nothing that runs. */
    Pair(Maker server, Maker driver) throws IOException {
        this.server = server;
        this.driver = driver;
        named = "upsd of %s, dummy-ups of %s".formatted(server, driver).toLowerCase(java.util.Locale.ROOT);
        house = new House(FILES, Map.of("STATUS", "OL", "DESC", "the pair", "DRIVERS", folder(driver)));
        // Where NUT's drivers find it too open, they say so each time.
        Files.setPosixFilePermissions(house.dir, java.nio.file.attribute.PosixFilePermissions.fromString("rwxrwx---"));
    }

    static boolean possible() {
        return CobnutServer.built() && DebianServer.installed();
    }

    Maker server() {
        return server;
    }

    Maker driver() {
        return driver;
    }

    /** From now on it is another's program that is started as the server. */
    void handServerOver() {
        server = server.other();
    }

    /** From now on it is another's program that is started as the driver. */
    void handDriverOver() {
        driver = driver.other();
    }

    void startServer() throws IOException {
        start(server, "upsd");
    }

    void startDriver() throws IOException {
        start(driver, "dummy-ups", "-a", "demo");
    }

    private void start(Maker maker, String program, String... words) throws IOException {
        var ran = run(maker, program, words);
        if (ran.exit() != 0) throw new IOException("%s: %s of %s: %s".formatted(this, program, maker, ran));
    }

    /** Runs a program to its end, which for a daemon is when it is in the background; Debian's as this user. */
    House.Ran run(Maker maker, String program, String... words) throws IOException {
        var command = new ArrayList<>(List.of(maker.program(program)));
        if (maker == Maker.DEBIANS && List.of("upsd", "dummy-ups").contains(program))
            command.addAll(List.of("-u", House.user()));
        command.addAll(List.of(words));
        return house.run(command.toArray(String[]::new));
    }

    /** Makes the device say another status, as a power cut would. */
    void status(String words) throws IOException {
        edit("demo.dev", Map.of("STATUS", words));
    }

    /** Gives the device another description. */
    void describe(String words) throws IOException {
        edit("ups.conf", Map.of("DESC", words, "DRIVERS", folder(driver)));
    }

    private void edit(String name, Map<String, String> places) throws IOException {
        house.write(name, Files.readString(FILES.resolve(name)), places);
        // A file is looked at by its time in whole seconds.
        Files.setLastModifiedTime(
                house.dir.resolve(name), FileTime.from(Instant.now().plusSeconds(++edits)));
    }

    /** The process that a PID file names; NUT's daemons write it a moment after their parent has returned. */
    ProcessHandle process(String stem) {
        House.waitFor(() -> living(stem).isPresent(), () -> this + ": no " + stem + " runs");
        return living(stem).orElseThrow();
    }

    private Optional<ProcessHandle> living(String stem) {
        var text = house.text(stem + ".pid").strip();
        return text.matches("\\d+") ? ProcessHandle.of(Long.parseLong(text)) : Optional.empty();
    }

    void signal(String stem, String signal) throws IOException {
        house.run("kill", "-" + signal, String.valueOf(process(stem).pid()));
    }

    /** Signals it, and waits for its end. */
    void end(String stem, String signal) throws IOException {
        var process = process(stem);
        signal(stem, signal);
        House.waitFor(() -> !process.isAlive(), () -> "%s: %s lives on after %s".formatted(this, stem, signal));
    }

    /** The device's address as NUT's programs take it. */
    String ups() {
        return "demo@127.0.0.1:" + house.port;
    }

    private static String folder(Maker maker) {
        return Path.of(maker.program("dummy-ups")).getParent().toString();
    }

    @Override
    public String toString() {
        return named;
    }

    @Override
    public void close() throws IOException {
        for (var stem : List.of(UPSD, DRIVER)) {
            var left = living(stem);
            left.ifPresent(ProcessHandle::destroyForcibly);
            left.ifPresent(process -> process.onExit().join());
        }
        house.close();
    }
}
