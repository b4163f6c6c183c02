package org.cobnut.bench;

import static org.cobnut.bench.Table.format;

import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Visitors of which each connects, goes over to TLS with a full handshake, has one line answered, and goes: how many a
 * server has in a second. None of them waits for another.
 */
final class Handshakes {
    private static final int ROUNDS = 3;

    /** C's queue of connections holds 16. */
    private static final int AT_ONCE = 10;

    private final Main.Setting setting;

    Handshakes(Main.Setting setting) {
        this.setting = setting;
    }

    void handshakes() throws IOException {
        Certificate rsa = Certificate.rsa();
        try (Server theirs = Server.debian(rsa);
                Server openssl = Server.openssl(rsa);
                Server ours = Server.cobnut(setting.distribution(), rsa)) {
            compare("Full handshakes, RSA 2048, beside C upsd (NSS)", "20 ×", theirs, "STARTTLS\n", ours);
            compare("the same beside openssl s_server in the place of C upsd", "1.0 ×", openssl, "", ours);
        }
        Certificate ec = Certificate.ec();
        try (Server openssl = Server.openssl(ec);
                Server ours = Server.cobnut(setting.distribution(), ec)) {
            compare("the same with EC P-256", "1.0 ×", openssl, "", ours);
        }
    }

    private void compare(String work, String aim, Server theirs, String before, Server ours) throws IOException {
        try (var one = new Visits(theirs, before);
                var two = new Visits(ours, "STARTTLS\n")) {
            two.run(setting.warmUp().multipliedBy(2));
            one.run(Duration.ofSeconds(1));
            one.forget();
            two.forget();
            for (int i = 0; i < ROUNDS; i++) {
                one.run(setting.each().dividedBy(ROUNDS));
                two.run(setting.each().dividedBy(ROUNDS));
            }
            setting.table()
                    .row(
                            work,
                            aim,
                            one.cell(),
                            two.cell(),
                            format(
                                    "%.2f × rate, %.2f × CPU",
                                    two.perSecond() / one.perSecond(), two.cpuMicros() / one.cpuMicros()));
        }
    }

    /** So many visitors at once, each followed by another when it has gone. */
    private static final class Visits implements AutoCloseable {
        private static final byte[] LINE = "NETVER\n".getBytes(StandardCharsets.US_ASCII);

        private final Server server;
        private final byte[] before;
        private final SslContext context = Tls.context();
        private final Selector selector = Selector.open();
        private final ByteBuffer buffer = ByteBuffer.allocateDirect(32 * 1024);
        private final Latencies latencies = new Latencies();
        private String agreed = "";
        private long done;
        private int failed;
        private double seconds;
        private double cpu;
        private double clientCpu;
        private boolean over;

        /** How far one has come. */
        private final class Visit {
            private final long began = System.nanoTime();
            private final Tls tls = new Tls(context);
            private boolean clear = before.length > 0;
            private boolean shaken;
        }

        /** @param before what is said in clear and answered by a line, if anything */
        Visits(Server server, String before) throws IOException {
            this.server = server;
            this.before = before.getBytes(StandardCharsets.US_ASCII);
        }

        void forget() {
            done = failed = 0;
            seconds = cpu = clientCpu = 0;
            latencies.clear();
        }

        void run(Duration duration) throws IOException {
            double cpuBefore = Proc.cpuSeconds(server.pid());
            double clientBefore = Main.ownCpuSeconds();
            long begin = System.nanoTime();
            over = false;
            for (int i = 0; i < AT_ONCE; i++) come();
            while (System.nanoTime() - begin < duration.toNanos()) selector.select(this::ready, 100);
            over = true;
            // Whoever is still there has its answer, for the next round begins with nobody.
            long patience = System.nanoTime() + Duration.ofSeconds(10).toNanos();
            while (!selector.keys().isEmpty() && System.nanoTime() < patience) selector.select(this::ready, 100);
            if (!selector.keys().isEmpty()) throw new IOException("a handshake does not end");
            seconds += (System.nanoTime() - begin) / 1e9;
            cpu += Proc.cpuSeconds(server.pid()) - cpuBefore;
            clientCpu += Main.ownCpuSeconds() - clientBefore;
        }

        double perSecond() {
            return done / seconds;
        }

        double cpuMicros() {
            return cpu * 1e6 / done;
        }

        String cell() {
            return format(
                    "%,.0f /s; %.0f µs CPU (client %.0f); p99 %.1f ms; %s%s",
                    perSecond(),
                    cpuMicros(),
                    clientCpu * 1e6 / done,
                    latencies.at(0.99) / 1000.0,
                    agreed,
                    failed > 0 ? "; " + failed + " failed" : "");
        }

        private void come() throws IOException {
            var channel = SocketChannel.open();
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            channel.connect(server.address());
            channel.register(selector, SelectionKey.OP_CONNECT, new Visit());
        }

        private void ready(SelectionKey key) {
            try {
                if (!went((SocketChannel) key.channel(), key, (Visit) key.attachment())) return;
                done++;
                latencies.add(System.nanoTime() - ((Visit) key.attachment()).began);
            } catch (IOException broken) {
                failed++;
            }
            leave(key);
        }

        /** Goes on as far as it can; true when it has had its answer. */
        private boolean went(SocketChannel channel, SelectionKey key, Visit visit) throws IOException {
            if (key.isConnectable()) {
                channel.finishConnect();
                key.interestOps(SelectionKey.OP_READ);
                if (visit.clear) {
                    channel.write(ByteBuffer.wrap(before));
                    return false;
                }
            } else if (visit.clear) {
                if (channel.read(buffer.clear()) < 0) throw new IOException("closed");
                if (buffer.get(buffer.position() - 1) != '\n') return false;
                visit.clear = false;
            }
            if (!visit.shaken) {
                if (!visit.tls.shake(channel)) return false;
                visit.shaken = true;
                agreed = visit.tls.agreed();
                visit.tls.write(channel, buffer.clear().put(LINE).flip());
                buffer.clear();
                if (visit.tls.read(channel, buffer) < 0) throw new IOException("closed"); // what came together
            } else if (visit.tls.read(channel, buffer.clear()) < 0) throw new IOException("closed");
            return buffer.position() > 0 && buffer.get(buffer.position() - 1) == '\n';
        }

        private void leave(SelectionKey key) {
            ((Visit) key.attachment()).tls.close();
            key.cancel();
            try {
                key.channel().close();
                if (!over) come();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            for (SelectionKey key : selector.keys()) key.channel().close();
            selector.close();
        }
    }
}
