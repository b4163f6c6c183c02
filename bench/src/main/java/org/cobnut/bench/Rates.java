package org.cobnut.bench;

import static org.cobnut.bench.Table.format;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Closed loops on one device: how often a second, and at what price. */
final class Rates {
    private static final String GET = "GET VAR ups0 ups.status";
    private static final String LIST = "LIST VAR ups0";

    /** From so many connections on, both servers are not kept connected at once: one process has not so many descriptors. */
    private static final int CROWD = 5000;

    private static final int ROUNDS = 3;

    private final Main.Setting setting;

    private record Work(String name, String aim, Load.Plan plan) {}

    private record Measured(double perSecond, double cpuMicros, double clientMicros, int median, int p99, int lost) {}

    Rates(Main.Setting setting) {
        this.setting = setting;
    }

    void get() throws IOException {
        run(List.of(
                get("1 connection", 1),
                get("10 connections", 10),
                get("100 connections", 100),
                get("1,000 connections", 1000),
                get("10,000 connections", 10_000)));
    }

    /** Ours beside a server in C that does nothing but answer: what the system leaves to be had. */
    void bare() throws IOException {
        try (Server bare = Server.bare();
                Server ours = Server.cobnut(setting.distribution(), 1)) {
            run(
                    List.of(
                            bare("10 connections", 10),
                            bare("100 connections", 100),
                            bare("1,000 connections", 1000),
                            bare("10,000 connections", 10_000)),
                    bare,
                    ours);
        }
    }

    private static Work bare(String name, int connections) {
        return new Work(
                "GET VAR, " + name + ", a bare server in the place of C upsd",
                "0.85 ×",
                Load.Plan.of(connections, GET));
    }

    void pipelined() throws IOException {
        run(List.of(new Work(
                "GET VAR, 16 in one go, 10 connections",
                "2 ×",
                Load.Plan.of(10, GET).pipelined(16))));
    }

    void list() throws IOException {
        run(List.of(
                new Work("LIST VAR of 78, 10 plain clients", "100 ×", Load.Plan.of(10, LIST)),
                new Work(
                        "LIST VAR of 78, 100 clients that acknowledge at once",
                        "8 ×",
                        Load.Plan.of(100, LIST).acknowledgingAtOnce()),
                new Work(
                        "LIST VAR of 78, 10,000 clients that acknowledge at once",
                        "10 ×",
                        Load.Plan.of(10_000, LIST).acknowledgingAtOnce())));
    }

    void tls() throws IOException {
        new Handshakes(setting).handshakes();
        var certificate = Certificate.rsa();
        try (Server theirs = Server.debian(certificate);
                Server ours = Server.cobnut(setting.distribution(), certificate)) {
            run(
                    List.of(
                            tls("GET VAR", "1.0 ×", Load.Plan.of(10, GET)),
                            tls("GET VAR", "1.0 ×", Load.Plan.of(100, GET)),
                            tls("LIST VAR of 78", "10 ×", Load.Plan.of(10, LIST)),
                            tls(
                                    "LIST VAR of 78",
                                    "10 ×",
                                    Load.Plan.of(100, LIST).acknowledgingAtOnce())),
                    theirs,
                    ours);
        }
    }

    private static Work tls(String what, String aim, Load.Plan plan) {
        return new Work(
                format(
                        "%s under TLS, %d connections%s",
                        what, plan.connections(), plan.quickAck() ? " that acknowledge at once" : ""),
                aim,
                plan.inTls());
    }

    private static Work get(String name, int connections) {
        return new Work("GET VAR, " + name, "1.0 ×, CPU no more", Load.Plan.of(connections, GET));
    }

    private void run(List<Work> works) throws IOException {
        try (Server theirs = Server.debian(1);
                Server ours = Server.cobnut(setting.distribution(), 1)) {
            run(works, theirs, ours);
        }
    }

    private void run(List<Work> works, Server theirs, Server ours) throws IOException {
        for (String request : List.of(GET, LIST)) {
            Load.Plan plan = Load.Plan.of(10, request);
            try (var load = new Load(ours.address(), works.get(0).plan().secret() ? plan.inTls() : plan)) {
                load.run(setting.warmUp());
            }
        }
        for (Work work : works) row(setting.table(), work.name(), work.aim(), compare(work.plan(), theirs, ours));
    }

    private List<Measured> compare(Load.Plan plan, Server theirs, Server ours) throws IOException {
        if (plan.connections() >= CROWD) return List.of(alone(plan, theirs), alone(plan, ours));
        try (var one = new Load(theirs.address(), plan);
                var two = new Load(ours.address(), plan)) {
            var sums = List.of(new Sum(theirs, one), new Sum(ours, two));
            for (Sum sum : sums) sum.load.run(Duration.ofMillis(500));
            for (int i = 0; i < ROUNDS; i++)
                for (Sum sum : sums) sum.add(setting.each().dividedBy(ROUNDS));
            return List.of(sums.get(0).measured(), sums.get(1).measured());
        }
    }

    private Measured alone(Load.Plan plan, Server server) throws IOException {
        try (var load = new Load(server.address(), plan)) {
            var sum = new Sum(server, load);
            load.run(Duration.ofSeconds(1));
            sum.add(setting.each());
            return sum.measured();
        }
    }

    private static void row(Table table, String work, String aim, List<Measured> both) {
        Measured theirs = both.get(0);
        Measured ours = both.get(1);
        table.row(
                work,
                aim,
                cell(theirs),
                cell(ours),
                format(
                        "%.2f × rate, %.2f × CPU",
                        ours.perSecond() / theirs.perSecond(), ours.cpuMicros() / theirs.cpuMicros()));
    }

    private static String cell(Measured measured) {
        return format(
                "%,.0f /s; %.1f µs CPU (client %.1f); median %,d µs, p99 %,d µs%s",
                measured.perSecond(),
                measured.cpuMicros(),
                measured.clientMicros(),
                measured.median(),
                measured.p99(),
                measured.lost() > 0 ? "; " + measured.lost() + " lost" : "");
    }

    /** Several rounds of one load on one server. */
    private static final class Sum {
        private final Server server;
        private final Load load;
        private long replies;
        private double seconds;
        private double cpu;
        private double clientCpu;
        private Load.Result last = new Load.Result(0, 0, 0, 0, 0, 0, 0);

        Sum(Server server, Load load) {
            this.server = server;
            this.load = load;
        }

        void add(Duration duration) throws IOException {
            double cpuBefore = Proc.cpuSeconds(server.pid());
            double clientBefore = Main.ownCpuSeconds();
            last = load.run(duration);
            cpu += Proc.cpuSeconds(server.pid()) - cpuBefore;
            clientCpu += Main.ownCpuSeconds() - clientBefore;
            replies += last.replies();
            seconds += last.seconds();
            if (last.refusals() > 0) throw new IOException(last.refusals() + " replies were errors");
        }

        Measured measured() {
            return new Measured(
                    replies / seconds,
                    cpu * 1e6 / replies,
                    clientCpu * 1e6 / replies,
                    last.median(),
                    last.p99(),
                    load.lost());
        }
    }
}
