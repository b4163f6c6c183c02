package org.cobnut.shell;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.felix.service.command.CommandProcessor;
import org.cobnut.wire.ErrorText;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives {@code nutctl} access to the shell: a socket in the state path that only its owner can open. It is created in a
 * directory that no other account can enter and then moved to its place, so no other account can open it at any moment.
 */
@Component(service = CommandSocket.class, immediate = true)
public final class CommandSocket {
    /** Where {@code nutctl} looks, below the state path. */
    static final String NAME = "nutctl.sock";

    /** Where it looks for an upsmon that runs alone. */
    static final String MONITOR = "nutctl.upsmon.sock";

    private static final Logger log = LoggerFactory.getLogger(CommandSocket.class);
    private static final int MOST_SESSIONS = 64;
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final CommandProcessor commands;
    private final DriverProcesses processes;
    private final Path path;
    private final ServerSocketChannel server;
    private final Set<SocketChannel> clients = ConcurrentHashMap.newKeySet();
    private final ExecutorService sessions = new ThreadPoolExecutor(
            0, MOST_SESSIONS, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), CommandSocket::thread);

    @Activate
    public CommandSocket(
            BundleContext context, @Reference CommandProcessor commands, @Reference DriverProcesses processes)
            throws IOException {
        this(Path.of(String.valueOf(context.getProperty("cobnut.statepath")), name(context)), commands, processes);
    }

    CommandSocket(Path path, CommandProcessor commands, DriverProcesses processes) throws IOException {
        this.commands = commands;
        this.processes = processes;
        this.path = path.toAbsolutePath();
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            listen();
            thread(this::accept).start();
        } catch (IOException e) {
            // A disk that takes no socket does not keep the rest from its work.
            server.close();
            log.error("nutctl cannot reach this process: {}: {}", path, ErrorText.of(e));
        }
    }

    /**
     * The process of one section has a socket of its own, for what the whole passes on to it; and so has upsmon, which may
     * run beside the whole in the same state path.
     */
    private static String name(BundleContext context) {
        if ("upsmon".equals(context.getProperty("cobnut.program"))) return MONITOR;
        return "driver".equals(context.getProperty("cobnut.program"))
                ? DriverProcesses.socketName(String.valueOf(context.getProperty("cobnut.ups")))
                : NAME;
    }

    /** The names are short: the path of a socket has room for about a hundred bytes. */
    private void listen() throws IOException {
        Path closed = Files.createDirectory(
                path.resolveSibling(
                        ".n%08x".formatted(ThreadLocalRandom.current().nextInt())),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path socket = closed.resolve("n");
        try {
            server.bind(UnixDomainSocketAddress.of(socket));
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
            Files.deleteIfExists(path);
            Files.move(socket, path);
        } finally {
            Files.deleteIfExists(socket);
            Files.delete(closed);
        }
    }

    @Deactivate
    void close() throws IOException {
        boolean listening = server.isOpen();
        server.close();
        for (SocketChannel client : clients) client.close();
        sessions.shutdownNow();
        if (listening) Files.deleteIfExists(path);
    }

    private static Thread thread(Runnable task) {
        var thread = new Thread(task, "nutctl");
        thread.setDaemon(true);
        return thread;
    }

    /** Accepts for as long as the socket is open, whatever fails with one session or for a moment. */
    private void accept() {
        boolean failing = false;
        while (server.isOpen()) {
            try {
                accept(server.accept());
                failing = false;
            } catch (ClosedChannelException closed) {
                log.debug("{} is closed", path);
                return;
            } catch (IOException broken) {
                if (!failing) log.error("nutctl: {} takes no session: {}; it tries again", path, ErrorText.of(broken));
                failing = true;
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private void accept(SocketChannel client) throws IOException {
        clients.add(client);
        try {
            sessions.execute(() -> serve(client));
        } catch (RejectedExecutionException full) {
            clients.remove(client);
            refuse(client);
        }
    }

    /** Refuses a client with a text that fits into the socket's buffer, so that it never blocks. */
    private static void refuse(SocketChannel client) {
        try (client) {
            String why = "nutctl: %d sessions are open at once, and no more are taken; end some and try again"
                    .formatted(MOST_SESSIONS);
            client.configureBlocking(false);
            client.write(StandardCharsets.UTF_8.encode(ClientSession.ERROR + why + "\n" + ClientSession.FAILED + "\n"));
        } catch (IOException gone) {
            log.debug("nutctl went away: {}", ErrorText.of(gone));
        }
    }

    private void serve(SocketChannel client) {
        try (client) {
            InputStream in = Channels.newInputStream(client);
            OutputStream out = Channels.newOutputStream(client);
            new ClientSession(commands, processes, in, out).run();
        } catch (IOException gone) {
            log.debug("nutctl went away: {}", ErrorText.of(gone));
        } finally {
            clients.remove(client);
        }
    }
}
