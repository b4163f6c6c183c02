package org.cobnut.launcher;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The driver that serves a section already, be it ours or NUT's: asked on its socket first, then by signals. */
final class Sibling {
    private static final long SOCKET_SECONDS = 5;
    private static final long KILLPOWER_SECONDS = 30;
    private static final long SIGNAL_SECONDS = 10;
    private static final long POLL_MILLIS = 50;
    private static final int ANSWER = 4096;

    private final Program.Driver program;
    private final Talk talk;
    private final Path socket;
    private final Path file;

    Sibling(Places places, Program.Driver program, Talk talk) {
        this.program = program;
        this.talk = talk;
        socket = places.state().resolve(program.stem());
        file = places.pid().resolve(program.stem() + ".pid");
    }

    /** Has it switch the load off; whether it did. */
    boolean kills() throws InterruptedException {
        var outcome = ask(KILLPOWER_SECONDS, "SET driver.flag.allow_killpower \"1\"", "INSTCMD driver.killpower");
        if (outcome.filter("0"::equals).isPresent()) {
            talk.err().println("Initiating UPS shutdown: done by the driver that runs");
            return true;
        }
        return false;
    }

    /** Brings it one of the words of -c; whether that worked. */
    boolean tell(String word) throws Refused, InterruptedException {
        if (word.equals("exit")) {
            boolean there = exits() || holder().isPresent();
            if (there) dismiss();
            else talk.err().println("no driver %s runs for this section".formatted(program.name()));
            return there;
        }
        var outcome = ask(SOCKET_SECONDS, "INSTCMD driver." + word);
        if (outcome.isPresent()) {
            if (!outcome.get().equals("0")) talk.err().println("driver." + word + ": answered " + outcome.get());
            return outcome.get().equals("0");
        }
        return new Telling(talk, program.name()).signal(Optional.empty(), file, "HUP");
    }

    /** Has it end, so that its place is free; by force when it does not hear. */
    void dismiss() throws Refused, InterruptedException {
        boolean asked = exits();
        var peer = holder();
        if (peer.isEmpty()) return;
        if (asked && gone(peer.get(), SIGNAL_SECONDS)) return;
        for (var signal : new String[] {"TERM", "KILL"}) {
            talk.err()
                    .println("Duplicate driver instance detected (process %d): sending %s"
                            .formatted(peer.get().pid(), signal));
            var failure = peer.get().signal(signal);
            if (!failure.isEmpty())
                throw new Refused(
                        "cannot end process %d: %s".formatted(peer.get().pid(), failure));
            if (gone(peer.get(), SIGNAL_SECONDS)) return;
        }
        throw new Refused("process %d serves this section and does not end"
                .formatted(peer.get().pid()));
    }

    private Optional<Peer> holder() throws Refused {
        return PidFile.holder(file, program.name());
    }

    private boolean gone(Peer peer, long seconds) throws InterruptedException {
        if (!Peer.visible()) return released(System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds));
        var process = ProcessHandle.of(peer.pid());
        if (process.isEmpty()) return true;
        try {
            process.get().onExit().get(seconds, TimeUnit.SECONDS);
            return true;
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
            return false;
        }
    }

    private boolean released(long deadline) throws InterruptedException {
        while (PidFile.held(file)) {
            if (System.nanoTime() > deadline) return false;
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        return true;
    }

    /** Whether somebody heard that it shall end. */
    private boolean exits() throws InterruptedException {
        return ask(SOCKET_SECONDS, "INSTCMD driver.exit").filter("0"::equals).isPresent();
    }

    /** The code that answers the last of these orders (sock-protocol, "TRACKING"); empty when nobody answers. */
    private Optional<String> ask(long seconds, String... orders) throws InterruptedException {
        if (!Files.exists(socket)) return Optional.empty();
        try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            var asking = Thread.currentThread();
            // A socket of this kind has no time-out of its own.
            var answer = new java.util.concurrent.FutureTask<>(() -> conversation(channel, orders));
            var thread = new Thread(answer, "sibling of " + asking.getName());
            thread.setDaemon(true);
            thread.start();
            return answer.get(seconds, TimeUnit.SECONDS);
        } catch (IOException | java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> conversation(SocketChannel channel, String... orders) throws IOException {
        var said = new StringBuilder("NOBROADCAST\n");
        for (int i = 0; i < orders.length; i++)
            said.append(orders[i]).append(" TRACKING ").append(id(i)).append('\n');
        channel.write(ByteBuffer.wrap(said.toString().getBytes(StandardCharsets.US_ASCII)));
        var heard = new StringBuilder();
        var buffer = ByteBuffer.allocate(ANSWER);
        var last = java.util.regex.Pattern.compile("(?m)^TRACKING \"?" + id(orders.length - 1) + "\"? (\\d+)$");
        while (channel.read(buffer) >= 0 && heard.length() < 64 * ANSWER) {
            heard.append(StandardCharsets.US_ASCII.decode(buffer.flip()));
            buffer.clear();
            var found = last.matcher(heard);
            if (found.find()) return Optional.of(found.group(1));
        }
        // driver.exit is answered by the end of the connection.
        return orders[orders.length - 1].endsWith("driver.exit") ? Optional.of("0") : Optional.empty();
    }

    private static String id(int number) {
        return "cobnut-%d-%d".formatted(ProcessHandle.current().pid(), number);
    }
}
