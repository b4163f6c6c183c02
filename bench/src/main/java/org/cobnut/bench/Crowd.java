package org.cobnut.bench;

import static org.cobnut.bench.Table.format;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Those who come and go, and those who stay and say nothing. */
final class Crowd {
    private static final String GET = "GET VAR ups0 ups.status";
    private static final int AT_ONCE = 100;

    private final Main.Setting setting;

    private record Churned(double perSecond, double cpuMicros, int worstConnect, int worstReply, int failed) {}

    Crowd(Main.Setting setting) {
        this.setting = setting;
    }

    void churn() throws IOException {
        try (Server theirs = Server.debian(1);
                Server ours = Server.cobnut(setting.distribution(), 1)) {
            churn(ours, setting.warmUp().multipliedBy(3));
            Churned one = churn(theirs, setting.each());
            Churned two = churn(ours, setting.each());
            setting.table()
                    .row(
                            "Churn: connect, one GET VAR, LOGOUT; 100 at once",
                            "1.0 ×, nobody waits over 50 ms to connect",
                            cell(one),
                            cell(two),
                            format(
                                    "%.2f × rate, %.2f × CPU, worst connect %.0f ms",
                                    two.perSecond() / one.perSecond(),
                                    two.cpuMicros() / one.cpuMicros(),
                                    two.worstConnect() / 1000.0));
        }
    }

    void idle() throws IOException {
        try (Server theirs = Server.debian(1)) {
            String one = idle(theirs);
            try (Server ours = Server.cobnut(setting.distribution(), 1)) {
                try (var load = new Load(ours.address(), Load.Plan.of(100, GET))) {
                    load.run(setting.warmUp());
                }
                String two = idle(ours);
                setting.table().row("10,000 idle and 100 active connections", "active p99 under 50 ms", one, two, "");
            }
        }
    }

    private String idle(Server server) throws IOException {
        try (var idle = new Load(server.address(), Load.Plan.of(10_000, GET));
                var active = new Load(server.address(), Load.Plan.of(100, GET))) {
            active.run(Duration.ofSeconds(1));
            Load.Result result = active.run(setting.each());
            Load.Result all = idle.run(Duration.ofMillis(500));
            return format(
                    "%,.0f /s; median %.1f ms, p99 %.1f ms; %d of 10,000 idle ones lost",
                    result.perSecond(), result.median() / 1000.0, result.p99() / 1000.0, all.lost());
        }
    }

    private static String cell(Churned churned) {
        return format(
                "%,.0f /s; %.0f µs CPU; worst connect %.0f ms, worst to the reply %.0f ms%s",
                churned.perSecond(),
                churned.cpuMicros(),
                churned.worstConnect() / 1000.0,
                churned.worstReply() / 1000.0,
                churned.failed() > 0 ? "; " + churned.failed() + " failed" : "");
    }

    private static Churned churn(Server server, Duration duration) throws IOException {
        double cpu = Proc.cpuSeconds(server.pid());
        try (var churn = new Churn(server.address())) {
            double seconds = churn.run(duration);
            cpu = Proc.cpuSeconds(server.pid()) - cpu;
            return new Churned(
                    churn.done / seconds,
                    cpu * 1e6 / Math.max(1, churn.done),
                    churn.connects.at(1),
                    churn.replies.at(1),
                    churn.failed);
        }
    }

    /** So many visitors at once, each followed by another when it has gone. */
    private static final class Churn implements AutoCloseable {
        private static final byte[] VISIT = (GET + "\nLOGOUT\n").getBytes(StandardCharsets.US_ASCII);

        private final InetSocketAddress server;
        private final Selector selector = Selector.open();
        private final ByteBuffer buffer = ByteBuffer.allocateDirect(4096);
        private final Latencies connects = new Latencies();
        private final Latencies replies = new Latencies();
        private int number;
        private int done;
        private int failed;

        private static final class Visit {
            private final long began = System.nanoTime();
            private boolean replied;
        }

        Churn(InetSocketAddress server) throws IOException {
            this.server = server;
        }

        double run(Duration duration) throws IOException {
            long begin = System.nanoTime();
            long end = begin + duration.toNanos();
            for (int i = 0; i < AT_ONCE; i++) come();
            while (System.nanoTime() - end < 0) selector.select(this::ready, 100);
            return (System.nanoTime() - begin) / 1e9;
        }

        @Override
        public void close() throws IOException {
            for (SelectionKey key : selector.keys()) key.channel().close();
            selector.close();
        }

        private void come() {
            try {
                var channel = SocketChannel.open();
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.configureBlocking(false);
                channel.bind(Load.from(number++ % 100 * 5000));
                channel.connect(server);
                channel.register(selector, SelectionKey.OP_CONNECT, new Visit());
            } catch (IOException refused) {
                failed++;
            }
        }

        private void ready(SelectionKey key) {
            var channel = (SocketChannel) key.channel();
            var visit = (Visit) key.attachment();
            try {
                if (key.isConnectable()) {
                    channel.finishConnect();
                    connects.add(System.nanoTime() - visit.began);
                    key.interestOps(SelectionKey.OP_READ);
                    channel.write(ByteBuffer.wrap(VISIT));
                } else if (channel.read(buffer.clear()) < 0) {
                    channel.close();
                    if (visit.replied) done++;
                    else failed++;
                    come();
                } else if (!visit.replied) {
                    visit.replied = buffer.get(0) == 'V';
                    replies.add(System.nanoTime() - visit.began);
                }
            } catch (IOException broken) {
                failed++;
                Main.quietly(channel);
                come();
            }
        }
    }
}
