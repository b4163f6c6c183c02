package org.cobnut.bench;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A NUT server under load, with its dummy devices, in a folder of its own on a free port of loopback. */
final class Server implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 300;

    private final Path folder;
    private final InetSocketAddress address;
    private final List<Process> processes = new ArrayList<>();
    private final List<AutoCloseable> others = new ArrayList<>();
    private boolean crowded;
    private long startedNanos;
    private long answeredNanos;

    private Server(Path folder, int port) {
        this.folder = folder;
        this.address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** C NUT as Debian packages it: one driver process a device, and upsd. */
    static Server debian(int devices) throws IOException {
        Server server = configured(devices, "");
        server.startedNanos = System.nanoTime();
        for (int i = 0; i < devices; i++)
            server.start(List.of("/lib/nut/dummy-ups", "-a", "ups" + i, "-u", "root", "-F"));
        server.start(List.of("/lib/nut/upsd", "-u", "root", "-F"));
        return server.awaited(devices);
    }

    /** The same with one device and TLS by NSS. */
    static Server debian(Certificate certificate) throws IOException {
        Server server = configured(1, "");
        certificate.forNss(server.folder);
        server.start(List.of("/lib/nut/dummy-ups", "-a", "ups0", "-u", "root", "-F"));
        server.start(List.of("/lib/nut/upsd", "-u", "root", "-F"));
        return server.awaited(1);
    }

    /** Ours with one device and TLS. */
    static Server cobnut(Path distribution, Certificate certificate) throws IOException {
        Server server = configured(1, "");
        certificate.forOurs(server.folder);
        server.start(List.of(distribution.resolve("bin/cobnut").toString(), "run"));
        return server.awaited(1);
    }

    /** What openssl has for a server of TLS, which answers each line by the same backwards. */
    static Server openssl(Certificate certificate) throws IOException {
        var server = new Server(Files.createTempDirectory("cobnut-bench"), freePort());
        String port = String.valueOf(server.address.getPort());
        server.start(List.of(
                "openssl",
                "s_server",
                "-rev",
                "-accept",
                "127.0.0.1:" + port,
                "-cert",
                certificate.file("cert.pem"),
                "-key",
                certificate.file("key.pem")));
        return server.listening();
    }

    /** The least that a server can do: a program of thirty lines in C, compiled here. */
    static Server bare() throws IOException {
        var server = new Server(Files.createTempDirectory("cobnut-bench"), freePort());
        String program = server.folder.resolve("bare").toString();
        Process compiler = new ProcessBuilder("cc", "-O2", "-o", program, "bench/bare.c")
                .inheritIO()
                .start();
        if (compiler.onExit().join().exitValue() != 0) throw new IOException("bench/bare.c cannot be compiled");
        server.start(List.of(program, String.valueOf(server.address.getPort())));
        return server.listening();
    }

    /** Debian's upsd, and in place of so many driver processes one thread of ours at their sockets. */
    static Server debianAlone(int devices) throws IOException {
        Server server = configured(devices, "");
        server.others.add(new DriverSockets(server.folder, devices));
        server.start(List.of("/lib/nut/upsd", "-u", "root", "-F"));
        return server.awaited(devices);
    }

    /** Ours, from a distribution. */
    static Server cobnut(Path distribution, int devices) throws IOException {
        return cobnut(distribution, devices, "");
    }

    /** Ours with one device, and the web console at that port. */
    static Server cobnutWithPages(Path distribution, int port) throws IOException {
        Server server = configured(1, "");
        server.start(List.of(distribution.resolve("bin/cobnut").toString(), "run", "--console=" + port));
        return server.awaited(1);
    }

    /** The same, with more sections in ups.conf. */
    static Server cobnut(Path distribution, int devices, String sections) throws IOException {
        Server server = configured(devices, sections);
        server.crowded = devices > 1000;
        server.startedNanos = System.nanoTime();
        server.start(List.of(distribution.resolve("bin/cobnut").toString(), "run"));
        return server.awaited(devices);
    }

    InetSocketAddress address() {
        return address;
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    /** From the start of the first process to the first GET VAR that was answered. */
    long startMillis() {
        return TimeUnit.NANOSECONDS.toMillis(answeredNanos - startedNanos);
    }

    /** The process that answers. */
    long pid() {
        return processes.get(processes.size() - 1).pid();
    }

    /** Of every process, drivers included. */
    List<Long> pids() {
        return processes.stream().map(Process::pid).toList();
    }

    /** Writes a file anew in one step, as editors do. */
    void edit(String name, String from, String to) throws IOException {
        String text = Files.readString(folder.resolve(name));
        if (!text.contains(from)) throw new IOException(name + " does not hold " + from);
        write(folder, name + ".new", text.replace(from, to));
        Files.move(
                folder.resolve(name + ".new"),
                folder.resolve(name),
                java.nio.file.StandardCopyOption.ATOMIC_MOVE,
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() {
        stop();
        for (AutoCloseable other : others) Main.quietly(other);
    }

    /** Ends its processes. */
    void stop() {
        processes.forEach(Process::destroy);
        for (Process process : processes) {
            try {
                if (!process.waitFor(10, TimeUnit.SECONDS)) process.destroyForcibly();
            } catch (InterruptedException stopped) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }

    private static Server configured(int devices, String sections) throws IOException {
        Path folder = Files.createTempDirectory("cobnut-bench");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-x---"));
        int port = freePort();
        var ups = new StringBuilder("maxretry = 1\n");
        for (int i = 0; i < devices; i++)
            ups.append("[ups")
                    .append(i)
                    .append("]\n driver = dummy-ups\n port = device.dev\n desc = \"UPS number ")
                    .append(i)
                    .append("\"\n");
        write(folder, "ups.conf", ups + sections);
        write(
                folder,
                "upsd.conf",
                "LISTEN 127.0.0.1 " + port
                        + "\nMAXAGE 600\nMAXCONN 19900\nMAXCONN_PER_ADDRESS 19900\nMAXCONN_STRANGERS 19900\n");
        write(
                folder,
                "upsd.users",
                "[admin]\n password = bench\n actions = SET\n[watch]\n password = bench\n upsmon secondary\n");
        write(folder, "nut.conf", "MODE=netserver\n");
        write(folder, "device.dev", Device.file());
        return new Server(folder, port);
    }

    private static void write(Path folder, String name, String text) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    }

    private void start(List<String> command) throws IOException {
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(new File(folder.toFile(), "log")));
        for (String place : List.of("NUT_CONFPATH", "NUT_STATEPATH", "NUT_PIDPATH", "NUT_ALTPIDPATH"))
            builder.environment().put(place, folder.toString());
        // For 5,000 devices the usual 256 MB are too little.
        if (crowded) builder.environment().put("COBNUT_HEAP", "1g");
        processes.add(builder.start());
    }

    /** Waits until somebody listens. */
    private Server listening() throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (System.nanoTime() < deadline) {
            try (var socket = new Socket()) {
                socket.connect(address);
                return this;
            } catch (IOException notYet) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
        }
        throw new IOException("nobody listens; see " + folder.resolve("log"));
    }

    /** Waits until the first and the last device can be read. */
    private Server awaited(int devices) throws IOException {
        await("ups0");
        answeredNanos = System.nanoTime();
        await("ups" + (devices - 1));
        return this;
    }

    private void await(String ups) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (System.nanoTime() < deadline) {
            if (reads(ups)) return;
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
        }
        close();
        throw new IOException("no answer from " + ups + "; see " + folder.resolve("log"));
    }

    private boolean reads(String ups) {
        try (var talk = new Talk(address)) {
            return talk.ask("GET VAR " + ups + " ups.status").startsWith("VAR");
        } catch (IOException down) {
            return false;
        }
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
