package org.cobnut.bench;

import static org.cobnut.bench.Table.format;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Many devices: what they cost at rest, and what they cost whoever asks for one of them, or for all. */
final class Fleet {
    private static final String GET = "GET VAR ups0 ups.status";
    private static final int MEETINGS = 10;

    private final Main.Setting setting;

    Fleet(Main.Setting setting) {
        this.setting = setting;
    }

    /** 1,000 devices with a driver process each on C's side. */
    void thousand() throws IOException {
        int one = latency(1);
        int oneTheirs = theirLatency(1);
        try (Server theirs = Server.debian(1000);
                Server ours = Server.cobnut(setting.distribution(), 1000)) {
            LockSupport.parkNanos(setting.settle().toNanos());
            rest(theirs, ours);
            list(theirs, ours);
            latencyRow("1,000", oneTheirs, one, latency(theirs), latency(ours));
        }
        try (Server theirs = Server.debianAlone(5000)) {
            int many = latency(theirs);
            try (Server ours = Server.cobnut(setting.distribution(), 5000)) {
                LockSupport.parkNanos(setting.settle().toNanos());
                latencyRow("5,000", oneTheirs, one, many, latency(ours));
            }
        }
    }

    private void rest(Server theirs, Server ours) throws IOException {
        double theirCpu = cpu(theirs);
        double ourCpu = cpu(ours);
        long began = System.nanoTime();
        LockSupport.parkNanos(setting.rest().toNanos());
        double seconds = (System.nanoTime() - began) / 1e9;
        theirCpu = (cpu(theirs) - theirCpu) / seconds;
        ourCpu = (cpu(ours) - ourCpu) / seconds;
        setting.table()
                .row(
                        "1,000 dummy devices at rest, all processes",
                        "under 300 MB resident and 5 % of a core",
                        cost(theirs, theirCpu),
                        cost(ours, ourCpu),
                        format("%.0f MB, %.1f %%", memory(ours), 100 * ourCpu));
    }

    private static String cost(Server server, double cpu) throws IOException {
        long resident = 0;
        for (long pid : server.pids()) resident += Proc.residentKilobytes(pid);
        return format(
                "%,.0f MB proportional, %,d MB resident; %.1f %% of a core",
                memory(server), resident / 1024, 100 * cpu);
    }

    private static double memory(Server server) throws IOException {
        long kilobytes = 0;
        for (long pid : server.pids()) kilobytes += Proc.proportionalKilobytes(pid);
        return kilobytes / 1024.0;
    }

    private static double cpu(Server server) throws IOException {
        double seconds = 0;
        for (long pid : server.pids()) seconds += Proc.cpuSeconds(pid);
        return seconds;
    }

    private void list(Server theirs, Server ours) throws IOException {
        double theirRate = listRate(theirs);
        double ourRate = listRate(ours);
        setting.table()
                .row(
                        "LIST UPS with 1,000 devices, 10 clients that acknowledge at once",
                        "20 ×",
                        format("%,.0f /s", theirRate),
                        format("%,.0f /s", ourRate),
                        format("%.1f ×", ourRate / theirRate));
    }

    private double listRate(Server server) throws IOException {
        var plan = Load.Plan.of(10, "LIST UPS").acknowledgingAtOnce();
        try (var load = new Load(server.address(), plan)) {
            load.run(Duration.ofSeconds(1));
            return load.run(setting.each()).perSecond();
        }
    }

    private int latency(int devices) throws IOException {
        try (Server ours = Server.cobnut(setting.distribution(), devices)) {
            return latency(ours);
        }
    }

    private int theirLatency(int devices) throws IOException {
        try (Server theirs = Server.debianAlone(devices)) {
            return latency(theirs);
        }
    }

    /**
     * The median of one client, in microseconds; the best of some short runs. Each is a connection of its own, for the
     * system leaves client and server on the cores where they met: on one, or on two that wake each other up.
     */
    private int latency(Server server) throws IOException {
        try (var load = new Load(server.address(), Load.Plan.of(1, GET))) {
            load.run(setting.warmUp());
        }
        int best = Integer.MAX_VALUE;
        for (int i = 0; i < MEETINGS; i++) {
            try (var load = new Load(server.address(), Load.Plan.of(1, GET))) {
                best = Math.min(best, load.run(setting.each().dividedBy(3)).median());
            }
        }
        return best;
    }

    private void latencyRow(String devices, int theirOne, int ourOne, int theirs, int ours) {
        setting.table()
                .row(
                        "One client's GET VAR, " + devices + " devices served (beside one), median",
                        "within 1.2 × of one device",
                        format("%,d µs (%d)", theirs, theirOne),
                        format("%,d µs (%d)", ours, ourOne),
                        format("%.2f × (C: %.1f ×)", ours / (double) ourOne, theirs / (double) theirOne));
    }

    /** Heap, threads, descriptors and processor time of ours over a long while of usual work. */
    void soak(int minutes) throws IOException {
        try (Server ours = Server.cobnut(setting.distribution(), 100);
                var load = new Load(
                        ours.address(),
                        Load.Plan.of(100, "GET VAR ups7 ups.status").every(Duration.ofSeconds(5)))) {
            load.run(Duration.ofMinutes(1));
            setting.table()
                    .line("| minute | heap after collection, MB | resident MB | threads | descriptors | CPU % |");
            setting.table().line("|---|---|---|---|---|---|");
            double before = Proc.cpuSeconds(ours.pid());
            long began = System.nanoTime();
            for (int done = 0; done <= minutes; done++) {
                double seconds = (System.nanoTime() - began) / 1e9;
                sample(ours.pid(), done, done == 0 ? 0 : (Proc.cpuSeconds(ours.pid()) - before) / seconds);
                before = Proc.cpuSeconds(ours.pid());
                began = System.nanoTime();
                if (done < minutes) load.run(Duration.ofMinutes(1));
            }
            setting.table().line("Connections lost: " + load.lost());
        }
    }

    private void sample(long pid, int minute, double cpu) throws IOException {
        setting.table()
                .line(format(
                        "| %d | %.1f | %d | %d | %d | %.2f |",
                        minute,
                        heapMegabytes(pid),
                        Proc.residentKilobytes(pid) / 1024,
                        Proc.threads(pid),
                        Proc.descriptors(pid),
                        100 * cpu));
    }

    /** What is live: a histogram has everything else collected first, and ends with the sum in bytes. */
    private static double heapMegabytes(long pid) throws IOException {
        Process jcmd = new ProcessBuilder("jcmd", Long.toString(pid), "GC.class_histogram").start();
        String text = new String(jcmd.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII);
        try {
            jcmd.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        for (String line : text.split("\n"))
            if (line.startsWith("Total")) return Long.parseLong(line.trim().split("\\s+")[2]) / 1048576.0;
        throw new IOException("jcmd says no total of the heap of " + pid);
    }
}
