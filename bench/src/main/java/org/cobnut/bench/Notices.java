package org.cobnut.bench;

import static org.cobnut.bench.Table.format;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** From a status that changes to the start of NOTIFYCMD, by C upsmon and by ours. */
final class Notices {
    private static final int REMOTE = 12;
    private static final int LOCAL = 60;
    private static final int POLL = 5;
    private static final int PATIENCE_SECONDS = 60;

    private final Main.Setting setting;

    Notices(Main.Setting setting) {
        this.setting = setting;
    }

    void notices() throws IOException {
        try (Server server = Server.debian(1);
                Server whole = Server.cobnut(setting.distribution(), 1);
                var theirs = new Monitor(Files.createTempDirectory("cobnut-bench"), server);
                var ours = new Monitor(Files.createTempDirectory("cobnut-bench"), server);
                var inside = new Monitor(whole.file(""), whole)) {
            theirs.start("/lib/nut/upsmon", "-p", "-F", "-u", "root");
            ours.start(setting.distribution().resolve("bin/upsmon").toString(), "-F");
            logins(server, 2);
            logins(whole, 1);
            change(server, REMOTE, POLL * 1000, theirs, ours);
            change(whole, LOCAL, 100, inside);
            row("both over the network on one C upsd", "no slower", theirs, ours);
            row("ours in one process with the device", "20 ×", theirs, inside);
        }
    }

    private void row(String where, String aim, Monitor theirs, Monitor ours) {
        setting.table()
                .row(
                        "Status change to NOTIFYCMD, POLLFREQ %d: %s".formatted(POLL, where),
                        aim,
                        format("%.1f ms median", theirs.median() / 1e6),
                        format("%.1f ms median, %d times", ours.median() / 1e6, ours.taken.size()),
                        format("%.1f times as fast", (double) theirs.median() / ours.median()));
    }

    /** Changes at moments that no poll has to do with. */
    private static void change(Server server, int times, int spread, Monitor... watching) throws IOException {
        var dice = new SplittableRandom(1);
        try (var talk = new Talk(server.address())) {
            for (String line : List.of("USERNAME admin", "PASSWORD bench")) talk.ask(line);
            for (int i = 0; i < times; i++) {
                Main.pause(Duration.ofMillis(spread / 10 + dice.nextInt(spread)));
                String status = i % 2 == 0 ? "OB" : "OL";
                if (!talk.ask("SET VAR ups0 ups.status " + status).equals("OK"))
                    throw new IOException("SET is refused");
                long changed = System.nanoTime();
                for (Monitor each : watching) each.await(changed, i % 2 == 0 ? "ONBATT" : "ONLINE");
            }
        }
    }

    private static void logins(Server server, int logins) throws IOException {
        try (var talk = new Talk(server.address())) {
            talk.until("GET NUMLOGINS ups0", "NUMLOGINS ups0 " + logins, Duration.ofSeconds(PATIENCE_SECONDS));
        }
    }

    /** A upsmon whose NOTIFYCMD writes into a pipe, and the times that it took. */
    private static final class Monitor implements AutoCloseable {
        final List<Long> taken = new ArrayList<>();
        private final Path folder;
        private final RandomAccessFile pipe;
        private final BlockingQueue<Told> told = new LinkedBlockingQueue<>();
        private final List<Process> processes = new ArrayList<>();

        private record Told(String type, long at) {}

        Monitor(Path folder, Server server) throws IOException {
            this.folder = folder;
            Path fifo = folder.resolve("pipe");
            run("mkfifo", fifo.toString());
            pipe = new RandomAccessFile(fifo.toFile(), "rw"); // both ways, so that it never ends
            Path script =
                    Files.writeString(folder.resolve("notify"), "#!/bin/sh\necho \"$NOTIFYTYPE\" > " + fifo + "\n");
            if (!script.toFile().setExecutable(true)) throw new IOException(script + " cannot be run");
            var reader = new Thread(this::read, "pipe");
            reader.setDaemon(true);
            reader.start();
            Path conf = Files.writeString(
                    folder.resolve("upsmon.new"), """
                    MONITOR ups0@127.0.0.1:%d 0 watch bench secondary
                    MINSUPPLIES 0
                    POLLFREQ %d
                    POLLFREQALERT %d
                    NOTIFYCMD %s
                    NOTIFYFLAG ONBATT EXEC
                    NOTIFYFLAG ONLINE EXEC
                    """.formatted(server.address().getPort(), POLL, POLL, script));
            Files.move(conf, folder.resolve("upsmon.conf"));
        }

        void start(String... command) throws IOException {
            var builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile());
            for (String place : List.of("NUT_CONFPATH", "NUT_STATEPATH", "NUT_PIDPATH", "NUT_ALTPIDPATH"))
                builder.environment().put(place, folder.toString());
            processes.add(builder.start());
        }

        void await(long changed, String type) throws IOException {
            try {
                Told next = told.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
                if (next == null || !next.type().equals(type))
                    throw new IOException("%s, and not %s; see %s".formatted(next, type, folder));
                taken.add(next.at() - changed);
            } catch (InterruptedException stopped) {
                throw new IOException(stopped);
            }
        }

        long median() {
            return taken.stream()
                    .sorted()
                    .skip((taken.size() - 1) / 2)
                    .findFirst()
                    .orElse(0L);
        }

        private void read() {
            try (var lines = new BufferedReader(
                    new InputStreamReader(Channels.newInputStream(pipe.getChannel()), StandardCharsets.US_ASCII))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine())
                    told.add(new Told(line, System.nanoTime()));
            } catch (IOException closed) {
                told.clear();
            }
        }

        private static void run(String... command) throws IOException {
            try {
                if (new ProcessBuilder(command).start().waitFor() != 0) throw new IOException(command[0] + " failed");
            } catch (InterruptedException stopped) {
                throw new IOException(stopped);
            }
        }

        @Override
        public void close() throws IOException {
            for (Process each : processes) {
                each.destroy();
                try {
                    if (!each.waitFor(10, TimeUnit.SECONDS)) each.destroyForcibly();
                } catch (InterruptedException stopped) {
                    throw new IOException(stopped);
                }
            }
            pipe.close();
        }
    }
}
