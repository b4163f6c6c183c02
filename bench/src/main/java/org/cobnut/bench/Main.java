package org.cobnut.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Both servers under the same load in turn, and the ratio: {@code bench/run [DISTRIBUTION [SECONDS]]}. */
public final class Main {
    private record Work(String name, String request, int connections, int depth) {}

    private static final List<Work> WORKS = List.of(
            new Work("GET VAR, 1 connection", "GET VAR ups0 ups.status", 1, 1),
            new Work("GET VAR, 10 connections", "GET VAR ups0 ups.status", 10, 1),
            new Work("GET VAR, 100 connections", "GET VAR ups0 ups.status", 100, 1),
            new Work("GET VAR, 1,000 connections", "GET VAR ups0 ups.status", 1000, 1),
            new Work("GET VAR, 16 in one go, 10 connections", "GET VAR ups0 ups.status", 10, 16),
            new Work("LIST VAR, 10 connections", "LIST VAR ups0", 10, 1),
            new Work("LIST VAR, 100 connections", "LIST VAR ups0", 100, 1));

    private Main() {}

    /** Prints a table in Markdown: rates, ratios, and the processor time a request. */
    public static void main(String[] args) throws IOException {
        Path distribution = Path.of(args.length > 0 ? args[0] : "target/cobnut").toAbsolutePath();
        Duration each = Duration.ofSeconds(args.length > 1 ? Long.parseLong(args[1]) : 5);
        String device = device(78);
        try (Server theirs = Server.debian(1, device);
                Server ours = Server.cobnut(distribution, 1, device)) {
            System.out.println(
                    "| work | C upsd /s | ours /s | ratio | C us CPU | ours us CPU | C p99 us | ours p99 us |");
            System.out.println("|---|---|---|---|---|---|---|---|");
            for (Work work : WORKS) row(work, measure(theirs, work, each), measure(ours, work, each));
        }
    }

    private record Measured(Load.Result result, double microsCpu) {}

    private static Measured measure(Server server, Work work, Duration each) throws IOException {
        var load = new Load(server.address(), work.connections(), work.request(), work.depth());
        load.run(each); // to warm both up alike
        double before = server.cpuSeconds();
        Load.Result result = load.run(each);
        double cpu = server.cpuSeconds() - before;
        load.close();
        return new Measured(result, cpu * 1e6 / result.replies());
    }

    private static void row(Work work, Measured theirs, Measured ours) {
        System.out.printf(
                Locale.ROOT,
                "| %s | %.0f | %.0f | %.2f | %.1f | %.1f | %d | %d |%n",
                work.name(),
                theirs.result().perSecond(),
                ours.result().perSecond(),
                ours.result().perSecond() / theirs.result().perSecond(),
                theirs.microsCpu(),
                ours.microsCpu(),
                theirs.result().p99(),
                ours.result().p99());
    }

    /** A device of so many variables, counting those that the driver adds by itself. */
    private static String device(int variables) {
        var text = new StringBuilder("ups.status: OL\nbattery.charge: 100\n");
        for (int i = 0; i < variables - 20; i++)
            text.append("outlet.")
                    .append(i)
                    .append(".desc: Outlet number ")
                    .append(i)
                    .append('\n');
        return text.toString();
    }
}
