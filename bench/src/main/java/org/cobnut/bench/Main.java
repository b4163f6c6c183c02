package org.cobnut.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** Both servers under the same load in one run, and the ratios, as a table in Markdown; see {@code bench/run help}. */
public final class Main {
    private static final String USAGE = """
            usage: bench/run [-d DISTRIBUTION] [-s SECONDS] [-o FILE] [WORK...]
                   bench/run [-d DISTRIBUTION] [-o FILE] soak [MINUTES]
            SECONDS: how long each server is measured at each work (3)
            WORK, all of them when none is given:\
            """;

    /**
     * How it is measured.
     *
     * @param each how long each server is under each load
     */
    record Setting(Path distribution, Duration each, Table table) {
        /** How long ours runs before it counts, where C's needs nothing of the kind: the JVM compiles what is used. */
        Duration warmUp() {
            return Duration.ofSeconds(5);
        }

        /** How long many devices run before their cost at rest counts. */
        Duration settle() {
            return Duration.ofSeconds(30);
        }

        /** How long the cost at rest is measured. */
        Duration rest() {
            return Duration.ofSeconds(20);
        }

        String java() {
            return Path.of(System.getProperty("java.home"), "bin", "java").toString();
        }

        String classes() {
            return System.getProperty("java.class.path");
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private Main() {}

    /** Runs what was asked for, and prints the rows as they come. */
    public static void main(String[] args) throws IOException {
        Path distribution = Path.of("target/cobnut");
        Path file = Path.of("bench/target/results.md");
        int seconds = 3;
        int next = 0;
        for (; next + 1 < args.length && args[next].startsWith("-"); next += 2) {
            switch (args[next]) {
                case "-d" -> distribution = Path.of(args[next + 1]);
                case "-o" -> file = Path.of(args[next + 1]);
                case "-s" -> seconds = Integer.parseInt(args[next + 1]);
                default -> usage();
            }
        }
        var setting = new Setting(distribution.toAbsolutePath(), Duration.ofSeconds(seconds), new Table(file));
        List<String> asked = List.of(args).subList(next, args.length);
        if (asked.contains("soak")) new Fleet(setting).soak(asked.size() > 1 ? Integer.parseInt(asked.get(1)) : 60);
        else run(works(setting), asked, setting.table());
    }

    private static void run(Map<String, Work> works, List<String> asked, Table table) throws IOException {
        if (!works.keySet().containsAll(asked)) usage();
        Machine.describe(table);
        table.head();
        long begin = System.nanoTime();
        for (Map.Entry<String, Work> work : works.entrySet())
            if (asked.isEmpty() || asked.contains(work.getKey()))
                work.getValue().run();
        table.line("");
        table.line("Took " + Duration.ofNanos(System.nanoTime() - begin).toSeconds() + " s.");
    }

    private static Map<String, Work> works(Setting setting) {
        var works = new LinkedHashMap<String, Work>();
        var rates = new Rates(setting);
        var crowd = new Crowd(setting);
        var live = new Live(setting);
        works.put("get", rates::get);
        works.put("bare", rates::bare);
        works.put("pipelined", rates::pipelined);
        works.put("list", rates::list);
        works.put("tls", rates::tls);
        works.put("churn", crowd::churn);
        works.put("idle", crowd::idle);
        works.put("push", live::push);
        works.put("notify", new Notices(setting)::notices);
        works.put("start", live::coldStart);
        works.put("upsc", live::upsc);
        works.put("replace", live::replace);
        works.put("edit", live::edit);
        works.put("pages", new Pages(setting)::pages);
        works.put("fleet", new Fleet(setting)::thousand);
        return works;
    }

    private static void usage() throws IOException {
        System.err.println(USAGE);
        System.err.println("       "
                + String.join(
                        " ",
                        works(new Setting(Path.of(""), Duration.ZERO, new Table(Path.of("/dev/null"))))
                                .keySet()));
        System.exit(2);
    }

    /** Processor time that this process has taken, in seconds. */
    static double ownCpuSeconds() throws IOException {
        return Proc.cpuSeconds(ManagementFactory.getRuntimeMXBean().getPid());
    }

    static void pause(Duration duration) {
        LockSupport.parkNanos(duration.toNanos());
    }

    /** Closes what may be broken already. */
    static void quietly(AutoCloseable open) {
        try {
            open.close();
        } catch (Exception gone) {
            System.err.println("bench: " + gone);
        }
    }
}
