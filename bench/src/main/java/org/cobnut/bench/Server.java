package org.cobnut.bench;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A NUT server under load, with its dummy devices, in a folder of its own on a free port of loopback. */
final class Server implements AutoCloseable {
    private static final int TICKS_PER_SECOND = 100;

    private final Path folder;
    private final InetSocketAddress address;
    private final List<Process> processes = new ArrayList<>();

    private Server(Path folder, int port) {
        this.folder = folder;
        this.address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** C NUT as Debian packages it: one driver process a device, and upsd. */
    static Server debian(int devices, String device) throws IOException {
        Server server = configured(devices, device);
        for (int i = 0; i < devices; i++)
            server.start(List.of("/lib/nut/dummy-ups", "-a", "ups" + i, "-u", "root", "-F"));
        server.start(List.of("/lib/nut/upsd", "-u", "root", "-F"));
        return server.awaited(devices);
    }

    /** Ours, from a distribution. */
    static Server cobnut(Path distribution, int devices, String device) throws IOException {
        Server server = configured(devices, device);
        server.start(List.of(distribution.resolve("bin/cobnut").toString(), "run"));
        return server.awaited(devices);
    }

    InetSocketAddress address() {
        return address;
    }

    /** Processor time that the server's own process has taken, in seconds. */
    double cpuSeconds() throws IOException {
        String stat = Files.readString(Path.of("/proc/" + serving().pid() + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / (double) TICKS_PER_SECOND;
    }

    /** Memory resident in all of its processes, in MiB. */
    long residentMegabytes() throws IOException {
        long kilobytes = 0;
        for (Process process : processes)
            for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")))
                if (line.startsWith("VmRSS:")) kilobytes += Long.parseLong(line.replaceAll("\\D", ""));
        return kilobytes / 1024;
    }

    @Override
    public void close() {
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

    private Process serving() {
        return processes.get(processes.size() - 1);
    }

    private static Server configured(int devices, String device) throws IOException {
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
        write(folder, "ups.conf", ups.toString());
        write(folder, "upsd.conf", "LISTEN 127.0.0.1 " + port + "\n");
        write(folder, "upsd.users", "[admin]\n password = bench\n actions = SET\n");
        write(folder, "nut.conf", "MODE=netserver\n");
        write(folder, "device.dev", device);
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
        processes.add(builder.start());
    }

    /** Waits until the last device can be read. */
    private Server awaited(int devices) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (System.nanoTime() < deadline) {
            if (ask("GET VAR ups" + (devices - 1) + " ups.status").startsWith("VAR")) return this;
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        close();
        throw new IOException("no answer; see " + folder.resolve("log"));
    }

    private String ask(String request) {
        try (var socket = new Socket(address.getAddress(), address.getPort())) {
            socket.setSoTimeout(2000);
            socket.getOutputStream().write((request + "\nLOGOUT\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException down) {
            return "";
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
