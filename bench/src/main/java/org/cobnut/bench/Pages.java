package org.cobnut.bench;

import static org.cobnut.bench.Table.format;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** What open pages and scrapes take from the clients of upsd, in turns with and without them in one process. */
final class Pages {
    private static final int OPEN = 100;
    private static final Duration BETWEEN_SCRAPES = Duration.ofMillis(100);
    private static final Duration BETWEEN_CHANGES = Duration.ofSeconds(1);
    private static final Duration UNTIL_OPEN = Duration.ofSeconds(1);
    /** Until Java has compiled what pages and scrapes need, on both sides: a server that is scraped runs for weeks. */
    private static final Duration UNTIL_COMPILED = Duration.ofSeconds(90);

    private static final int TURNS = 5;
    private static final String GET = "GET VAR ups0 ups.status";
    private static final List<String> FILES = List.of(
            "/ups/",
            "/ups/uplot.css",
            "/ups/app.css",
            "/ups/uplot.js",
            "/ups/app.js",
            "/ups/dom.js",
            "/ups/api.js",
            "/ups/overview.js",
            "/ups/device.js",
            "/ups/fleet.js",
            "/ups/dialog.js",
            "/ups/words.js",
            "/ups/chart.js");

    private final Main.Setting setting;
    private final HttpClient client = HttpClient.newHttpClient();

    Pages(Main.Setting setting) {
        this.setting = setting;
    }

    void pages() throws IOException {
        int port = Server.freePort();
        try (Server ours = Server.cobnutWithPages(setting.distribution(), port);
                var load = new Load(ours.address(), Load.Plan.of(10, GET))) {
            int bytes = awaitPage(port);
            load.run(setting.warmUp());
            loaded(ours, load, port, UNTIL_COMPILED);
            double alone = 0;
            double crowded = 0;
            long events = 0;
            for (int i = 0; i < TURNS; i++) {
                alone += load.run(setting.each()).perSecond();
                Crowded with = loaded(ours, load, port, setting.each());
                crowded += with.rate();
                events += with.bytes();
            }
            setting.table()
                    .row(
                            format(
                                    "GET VAR, 10 connections, with %d open pages, 10 scrapes and a change a second",
                                    OPEN),
                            "0.95 ×",
                            "–",
                            format("%,.0f /s without, %,.0f /s with", alone / TURNS, crowded / TURNS),
                            format("%.3f × rate; %,d bytes of events and scrapes", crowded / alone, events));
            long begin = System.nanoTime();
            for (String file : FILES) get(port, file);
            get(port, "/api/v2/devices");
            setting.table()
                    .row(
                            "the page's files one after the other, then all devices",
                            "1 s, 300 kB",
                            "–",
                            format("%d ms, %,d bytes", (System.nanoTime() - begin) / 1_000_000, bytes),
                            "");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private record Crowded(double rate, long bytes) {}

    /**
     * The rate while pages are open, somebody scrapes, and the device changes. One thread reads for all pages, for their
     * readers are elsewhere: a hundred threads that wake on these two cores took more than the server.
     */
    private Crowded loaded(Server ours, Load load, int port, Duration each) throws IOException, InterruptedException {
        var bytes = new AtomicLong();
        var sockets = new ArrayList<SocketChannel>();
        var threads = new ArrayList<Thread>();
        try (Selector readers = Selector.open()) {
            for (int i = 0; i <= OPEN; i++) {
                var socket = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                sockets.add(socket);
                socket.configureBlocking(false).register(readers, SelectionKey.OP_READ);
            }
            SocketChannel scraper = sockets.get(OPEN);
            for (SocketChannel page : sockets.subList(0, OPEN)) ask(page, "/api/v1/events");
            threads.add(start(() -> drain(readers, bytes)));
            threads.add(start(() -> every(BETWEEN_SCRAPES, () -> ask(scraper, "/ups_metrics"))));
            threads.add(start(() -> change(ours.address())));
            Main.pause(UNTIL_OPEN); // what is measured are pages that are open, not a hundred that open at once
            return new Crowded(load.run(each).perSecond(), bytes.get());
        } finally {
            threads.forEach(Thread::interrupt);
            for (Thread thread : threads) thread.join(5000);
            for (SocketChannel socket : sockets) socket.close();
        }
    }

    /** A request is shorter than any buffer of a socket. */
    private static void ask(SocketChannel socket, String path) throws IOException {
        String request = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
        socket.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
    }

    private interface Step {
        void run() throws IOException;
    }

    private static Thread start(Step step) {
        var thread = new Thread(() -> {
            try {
                step.run();
            } catch (IOException ended) {
                // its turn is over
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void drain(Selector readers, AtomicLong bytes) throws IOException {
        var buffer = ByteBuffer.allocate(65536);
        while (!Thread.currentThread().isInterrupted()) {
            readers.select();
            for (SelectionKey key : readers.selectedKeys()) {
                int read = ((SocketChannel) key.channel()).read(buffer.clear());
                if (read < 0) key.cancel();
                else bytes.addAndGet(read);
            }
            readers.selectedKeys().clear();
        }
    }

    private static void every(Duration pause, Step step) throws IOException {
        while (!Thread.currentThread().isInterrupted()) {
            step.run();
            Main.pause(pause);
        }
    }

    private static void change(InetSocketAddress upsd) throws IOException {
        try (var talk = new Talk(upsd)) {
            talk.ask("USERNAME admin");
            talk.ask("PASSWORD bench");
            var number = new AtomicLong();
            every(BETWEEN_CHANGES, () -> talk.ask("SET VAR ups0 ups.id " + number.incrementAndGet() % 1000));
        }
    }

    /** Waits until all files are served, and says how many bytes they are. */
    private int awaitPage(int port) throws IOException {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (true) {
            try {
                int bytes = 0;
                for (String file : FILES) bytes += get(port, file);
                return bytes;
            } catch (IOException notYet) {
                if (System.nanoTime() > deadline) throw notYet;
                Main.pause(Duration.ofMillis(100));
            }
        }
    }

    private int get(int port, String path) throws IOException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(20))
                .build();
        try {
            HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200) throw new IOException(path + " is answered by " + answer.statusCode());
            return answer.body().length;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException(path + ": interrupted", stopped);
        }
    }
}
