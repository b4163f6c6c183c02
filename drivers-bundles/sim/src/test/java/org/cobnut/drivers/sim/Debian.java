package org.cobnut.drivers.sim;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.cobnut.client.Address;
import org.cobnut.client.Connection;
import org.cobnut.wire.Lexer;

/** NUT as Debian packs it, in a folder of its own: some dummy-ups and, if wanted, one upsd over them. */
final class Debian implements AutoCloseable {
    private static final Path DRIVER = Path.of("/lib/nut/dummy-ups");
    private static final Path SERVER = Path.of("/lib/nut/upsd");
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);

    private final Path folder;
    private final List<Process> processes = new ArrayList<>();

    /** The folder takes configuration and state; its path must be short enough for a socket. */
    Debian(Path folder) throws IOException {
        this.folder = folder;
        Files.writeString(folder.resolve("ups.conf"), "maxretry = 1\npollinterval = 1\nsynchronous = yes\n");
        Files.writeString(
                folder.resolve("upsd.users"), "[admin]\npassword = \"sec ret\"\nactions = SET\ninstcmds = ALL\n");
    }

    static boolean installed() {
        return Files.isExecutable(DRIVER) && Files.isExecutable(SERVER);
    }

    /** Starts a driver for a file. */
    void driver(String name, Path file) throws IOException {
        String section = "[%s]%ndriver = dummy-ups%nport = \"%s\"%n".formatted(name, file.toAbsolutePath());
        Files.writeString(folder.resolve("ups.conf"), section, StandardOpenOption.APPEND); // others may be reading it
        start(DRIVER, "-a", name, "-u", System.getProperty("user.name"), "-F");
    }

    /** Ends the driver that was started as that number. */
    void kill(int number) {
        end(processes.get(number));
    }

    /** Starts the server, and waits until it answers. */
    Address server() throws IOException {
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Files.writeString(folder.resolve("upsd.conf"), "LISTEN 127.0.0.1 " + port + "\nMAXAGE 5\n");
        start(SERVER, "-u", System.getProperty("user.name"), "-F");
        var address = new Address("", "127.0.0.1", port);
        until(() -> {
            try (var connection = Connection.open(address)) {
                return connection.version().contains("upsd");
            } catch (IOException notYet) {
                return false;
            }
        });
        return address;
    }

    /** What a driver's socket tells, line by line; sorted, without what concerns the driver itself. */
    List<String> dump(String name) {
        Path path = folder.resolve("dummy-ups-" + name);
        until(() -> connects(path));
        var lines = new ArrayList<String>();
        try (var socket = SocketChannel.open(UnixDomainSocketAddress.of(path));
                OutputStream out = Channels.newOutputStream(socket);
                var in = Channels.newInputStream(socket)) {
            out.write("DUMPALL\n".getBytes(StandardCharsets.US_ASCII));
            var lexer = new Lexer();
            for (int b = in.read(); b >= 0; b = in.read()) {
                if (lexer.accept((byte) b) != Lexer.Event.LINE) continue;
                List<String> words = lexer.words();
                if (words.equals(List.of("DUMPDONE"))) break;
                if (words.size() > 1
                        && !words.get(1).startsWith("driver.")
                        && !words.get(1).startsWith("device.")) lines.add(String.join(" ", words));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        lines.sort(null);
        return lines;
    }

    @Override
    public void close() {
        processes.forEach(Debian::end);
    }

    private static void end(Process process) {
        process.destroyForcibly()
                .onExit()
                .completeOnTimeout(process, 5, TimeUnit.SECONDS)
                .join();
    }

    /** Waits, for a bounded time, until something is so. */
    static void until(Check check) {
        long start = System.nanoTime();
        var never = new CountDownLatch(1);
        try {
            while (!check.holds()) {
                if (System.nanoTime() - start > PATIENCE) throw new AssertionError("waited in vain");
                if (never.await(20, TimeUnit.MILLISECONDS)) throw new AssertionError();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    interface Check {
        boolean holds() throws IOException;
    }

    private static boolean connects(Path socket) {
        try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            return channel.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private void start(Path program, String... arguments) throws IOException {
        var command = Stream.concat(Stream.of(program.toString()), Stream.of(arguments))
                .toList();
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()));
        for (String variable : List.of("NUT_CONFPATH", "NUT_STATEPATH", "NUT_ALTPIDPATH", "NUT_PIDPATH"))
            builder.environment().put(variable, folder.toString());
        processes.add(builder.start());
    }
}
