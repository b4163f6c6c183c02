package org.cobnut.testkit.mqtt;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.cobnut.testkit.Started;

/**
 * Debian's mosquitto as a broker for tests, on a loopback port of its own, and its client programs. Needs the packages
 * mosquitto and mosquitto-clients, and says so when they are missing.
 */
public final class Mosquitto implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/sbin/mosquitto");
    private static final long READY_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final Path dir;
    private final String conf;
    private final List<Started> clients = new ArrayList<>();
    private final int port;
    private List<String> login = List.of();
    private Process process;

    private Mosquitto(Path dir, String conf) throws IOException {
        this.dir = dir;
        this.conf = conf;
        port = freePort();
        process = launch();
    }

    /** A broker that lets anybody do anything. */
    public static Mosquitto open(Path dir) throws IOException {
        return new Mosquitto(dir, "allow_anonymous true\n");
    }

    /** A broker with these lines behind its listener, in which files are relative to the directory. */
    public static Mosquitto with(Path dir, String lines) throws IOException {
        return new Mosquitto(dir, lines);
    }

    /** Where it listens on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** What its client programs say of themselves from now on. */
    public Mosquitto logIn(String... arguments) {
        login = List.of(arguments);
        return this;
    }

    /** Its process, to be stopped and looked at. */
    public ProcessHandle process() {
        return process.toHandle();
    }

    /** Ends it by force, with all that it keeps. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Starts it again, after it was killed. */
    public void restart() throws IOException {
        process = launch();
    }

    /** Subscribes by mosquitto_sub, whose lines are topic, a tab, the payload; an r stands before what was retained. */
    public Started subscribe(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                installed(Path.of("/usr/bin/mosquitto_sub")),
                "-V",
                "5",
                "-h",
                "127.0.0.1",
                "-p",
                String.valueOf(port)));
        command.addAll(login);
        command.addAll(List.of("-F", "%r %t\t%p", "-q", "1"));
        command.addAll(List.of(arguments));
        // The last of what the broker has kept says that the subscription is there.
        command.addAll(List.of("-t", "cobnut-testkit/ready"));
        publish("-t", "cobnut-testkit/ready", "-r", "-m", "ready");
        var client = new Started(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .directory(dir.toFile())
                .start());
        clients.add(client);
        client.awaitLine(line -> line.endsWith("cobnut-testkit/ready\tready"));
        return client;
    }

    /** Publishes by mosquitto_pub, to its end. */
    public void publish(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                installed(Path.of("/usr/bin/mosquitto_pub")),
                "-V",
                "5",
                "-h",
                "127.0.0.1",
                "-p",
                String.valueOf(port)));
        command.addAll(login);
        command.addAll(List.of(arguments));
        Process client = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .directory(dir.toFile())
                .start();
        String said = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (client.waitFor() != 0) throw new IOException("mosquitto_pub: " + said);
    }

    @Override
    public void close() {
        clients.forEach(Started::close);
        process.destroyForcibly();
    }

    private Process launch() throws IOException {
        Files.writeString(
                dir.resolve("mosquitto.conf"),
                "listener " + port + " 127.0.0.1\nuser " + System.getProperty("user.name") + "\n" + conf);
        var builder = new ProcessBuilder(installed(PROGRAM), "-c", "mosquitto.conf").directory(dir.toFile());
        builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        dir.resolve("mosquitto.log").toFile()));
        Process started = builder.start();
        long deadline = System.nanoTime() + READY_NANOS;
        while (!listens()) {
            if (System.nanoTime() > deadline || !started.isAlive())
                throw new IOException("mosquitto does not listen:\n" + Files.readString(dir.resolve("mosquitto.log")));
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
        return started;
    }

    private boolean listens() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private static String installed(Path program) {
        if (Files.isExecutable(program)) return program.toString();
        throw new IllegalStateException(program + " is missing: apt-get install mosquitto mosquitto-clients");
    }

    private static int freePort() throws IOException {
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }
}
