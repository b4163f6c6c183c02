package org.cobnut.upssched;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.cobnut.wire.ErrorText;

/**
 * Sends requests of one run of upssched to the process that keeps the timers, and starts that process where there is
 * none, one at a time by LOCKFN.
 */
final class Invocation {
    /** Starts a process that keeps timers; does not wait for it. */
    @FunctionalInterface
    interface Starter {
        void start() throws IOException;
    }

    private static final long AGAIN = 100;
    private static final long SECONDS = 15;

    private final Path pipe;
    private final Path lock;
    private final Starter starter;

    Invocation(Path pipe, Path lock, Starter starter) {
        this.pipe = pipe;
        this.lock = lock;
        this.starter = starter;
    }

    /** Sends a line and returns the reply up to OK; empty when no process answers. */
    static Optional<List<String>> ask(Path pipe, String line) {
        try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(pipe))) {
            var bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.ISO_8859_1));
            while (bytes.hasRemaining()) channel.write(bytes);
            var in = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
            var lines = new ArrayList<String>();
            for (String each = in.readLine(); each != null; each = in.readLine()) {
                if (each.equals("OK") || each.startsWith("ERR")) return Optional.of(lines);
                lines.add(each);
            }
            return Optional.empty();
        } catch (IOException nobody) {
            return Optional.empty();
        }
    }

    /**
     * Sends a request, and starts the process when none answers.
     *
     * @throws IOException when no process takes it within some seconds
     */
    void send(String line) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        boolean mine = false;
        try {
            while (System.nanoTime() - end < 0) {
                if (ask(pipe, line).isPresent()) return;
                if (!mine && lock()) {
                    mine = true;
                    starter.start();
                }
                TimeUnit.MILLISECONDS.sleep(AGAIN);
            }
        } finally {
            if (mine) Files.deleteIfExists(lock);
        }
        throw new IOException("no timer process answers on PIPEFN " + pipe);
    }

    /** Takes the lock. A lock that is older than any start takes was left behind, and is deleted. */
    private boolean lock() throws IOException {
        try {
            Files.createFile(lock);
            return true;
        } catch (FileAlreadyExistsException taken) {
            long age = System.currentTimeMillis() - lastModified();
            if (age < 0 || age > TimeUnit.SECONDS.toMillis(SECONDS)) Files.deleteIfExists(lock);
            return false;
        } catch (IOException failed) {
            throw new IOException("LOCKFN %s cannot be made: %s".formatted(lock, ErrorText.of(failed)), failed);
        }
    }

    private long lastModified() {
        try {
            return Files.getLastModifiedTime(lock).toMillis();
        } catch (IOException gone) {
            return System.currentTimeMillis();
        }
    }
}
