package org.cobnut.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Debian's own upsd with one dummy-ups a device, as a peer for tests, on a loopback port of its own. Give it devices and
 * users, {@link #start()} it, close it. Needs the packages nut-server and nut-client, and says so when they are missing.
 */
public final class DebianNut implements AutoCloseable {
    private static final Path PROGRAMS = Path.of("/lib/nut");
    private static final String UPSD = "upsd";
    private static final Duration READY = Duration.ofSeconds(20);

    private final Path dir;
    private final Map<String, String> sections = new LinkedHashMap<>();
    private final List<String> drivers = new ArrayList<>();
    private final StringBuilder upsd = new StringBuilder();
    private final Map<String, Process> running = new LinkedHashMap<>();
    private String users = "";
    private int port;

    /** A peer whose configuration and state live in that directory, an empty one whose path is short. */
    public DebianNut(Path dir) {
        this.dir = dir;
    }

    /** A device that dummy-ups plays from a text in its file format. */
    public DebianNut device(String name, String data) throws IOException {
        Files.writeString(dir.resolve(name + ".dev"), data);
        drivers.add(name);
        return section(name, "driver = dummy-ups\nport = " + name + ".dev\ndesc = \"" + name + " of the test\"");
    }

    /** A section of ups.conf, for which no driver is started. */
    public DebianNut section(String name, String lines) {
        sections.put(name, lines);
        return this;
    }

    /** The text of upsd.users. */
    public DebianNut users(String text) {
        users = text;
        return this;
    }

    /** A further line of upsd.conf. */
    public DebianNut upsd(String line) {
        upsd.append(line).append('\n');
        return this;
    }

    /** Writes the files, starts the drivers and then upsd, and returns when every device with a driver can be read. */
    public DebianNut start() throws IOException {
        try {
            port = freePort();
            writeFiles();
            for (String name : drivers) startDriver(name);
            run(UPSD, "-u", user(), "-F");
            for (String name : drivers) await(name);
            return this;
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Starts the driver of one device, again perhaps. */
    public void startDriver(String name) throws IOException {
        run("dummy-ups", "-a", name, "-u", user(), "-F");
    }

    /** Stops the driver of one device. */
    public void stopDriver(String name) {
        stop("dummy-ups " + name);
    }

    /** The process of upsd, to be stopped, killed and looked at. */
    public ProcessHandle server() {
        return java.util.Objects.requireNonNull(running.get(UPSD), "upsd is not started")
                .toHandle();
    }

    /** Starts upsd again, after it was killed. */
    public void startServer() throws IOException {
        run(UPSD, "-u", user(), "-F");
    }

    /** Where upsd listens on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** The address of a UPS as upsc takes it. */
    public String ups(String name) {
        return name + "@127.0.0.1:" + port;
    }

    public Path confDir() {
        return dir;
    }

    public Path stateDir() {
        return dir.resolve("s");
    }

    /**
     * Runs one of NUT's own client programs to its end: its output, its errors without the remarks on TLS that 2.8.0
     * always makes, and its exit code.
     */
    public String client(String program, String... args) throws IOException {
        var command = new ArrayList<>(List.of(installed(Path.of("/usr/bin", program))));
        command.addAll(List.of(args));
        var builder = new ProcessBuilder(command);
        builder.environment().put("NUT_QUIET_INIT_SSL", "true");
        builder.redirectError(dir.resolve("err").toFile());
        Process process = builder.start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        String err = Files.readString(dir.resolve("err"), StandardCharsets.ISO_8859_1);
        return out + err.replace("Init SSL without certificate database\n", "") + end(process);
    }

    /** What upsd and the drivers said so far. */
    public String log() throws IOException {
        return Files.readString(dir.resolve("log"));
    }

    @Override
    public void close() {
        for (String each : List.copyOf(running.keySet())) stop(each);
    }

    private void writeFiles() throws IOException {
        Files.createDirectories(stateDir());
        write("nut.conf", "MODE=netserver\n");
        write("upsd.conf", "LISTEN 127.0.0.1 " + port + "\n" + upsd);
        write("upsd.users", users);
        var upsConf = new StringBuilder("maxretry = 1\n");
        sections.forEach((name, lines) ->
                upsConf.append('[').append(name).append("]\n").append(lines).append('\n'));
        write("ups.conf", upsConf.toString());
    }

    private void run(String program, String... args) throws IOException {
        var command = new ArrayList<>(List.of(installed(PROGRAMS.resolve(program))));
        command.addAll(List.of(args));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.redirectOutput(
                ProcessBuilder.Redirect.appendTo(dir.resolve("log").toFile()));
        Map<String, String> environment = builder.environment();
        environment.put("NUT_CONFPATH", dir.toString());
        for (String name : List.of("NUT_STATEPATH", "NUT_ALTPIDPATH", "NUT_PIDPATH"))
            environment.put(name, stateDir().toString());
        running.put(program.equals(UPSD) ? program : program + ' ' + args[1], builder.start());
    }

    private static String installed(Path program) {
        if (Files.isExecutable(program)) return program.toString();
        throw new IllegalStateException(program + " is missing: apt-get install nut-server nut-client");
    }

    private void await(String ups) throws IOException {
        long deadline = System.nanoTime() + READY.toNanos();
        while (!readable(ups)) {
            if (System.nanoTime() > deadline) throw new IOException(ups + " cannot be read after 20 s:\n" + log());
            if (!running.values().stream().allMatch(Process::isAlive))
                throw new IOException("upsd or a driver did not stay:\n" + log());
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private boolean readable(String ups) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port);
                var in = new BufferedReader(
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))) {
            socket.setSoTimeout(1000);
            socket.getOutputStream().write(("GET VAR " + ups + " ups.status\n").getBytes(StandardCharsets.ISO_8859_1));
            String answer = in.readLine();
            return answer != null && !answer.startsWith("ERR") && !answer.contains("WAIT");
        } catch (IOException notYet) {
            return false;
        }
    }

    private void stop(String name) {
        Process process = running.remove(name);
        if (process == null) return;
        process.destroy();
        end(process);
    }

    private static int end(Process process) {
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) process.destroyForcibly();
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            return -1;
        }
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(dir.resolve(name), text);
    }

    private static String user() {
        return System.getProperty("user.name");
    }

    private static int freePort() throws IOException {
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }
}
