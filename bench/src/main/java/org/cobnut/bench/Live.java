package org.cobnut.bench;

import static org.cobnut.bench.Table.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** How soon what changes can be seen. */
final class Live {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String MS = "%.2f ms median, %.2f ms at most";

    private final Main.Setting setting;

    Live(Main.Setting setting) {
        this.setting = setting;
    }

    /** A value that is set comes back from the driver, which pushes it. */
    void push() throws IOException {
        try (Server theirs = Server.debian(1);
                Server ours = Server.cobnut(setting.distribution(), 1)) {
            pushes(ours, 2000);
            setting.table()
                    .row(
                            "A device's change until a client sees it, when the driver pushes",
                            "median under 1 ms",
                            milliseconds(pushes(theirs, 20)),
                            milliseconds(pushes(ours, 300)),
                            "");
        }
    }

    private static List<Long> pushes(Server server, int times) throws IOException {
        var nanos = new ArrayList<Long>();
        try (var talk = new Talk(server.address())) {
            talk.ask("USERNAME admin");
            talk.ask("PASSWORD bench");
            for (int i = 0; i < times; i++) {
                if (!talk.ask("SET VAR ups0 ups.id " + i).equals("OK")) throw new IOException("SET is refused");
                nanos.add(talk.until("GET VAR ups0 ups.id", "VAR ups0 ups.id \"" + i + '"', PATIENCE));
            }
        }
        return nanos;
    }

    void coldStart() throws IOException {
        var theirs = new ArrayList<Long>();
        var ours = new ArrayList<Long>();
        for (int i = 0; i < 5; i++) {
            try (Server server = Server.debian(1)) {
                theirs.add(TimeUnit.MILLISECONDS.toNanos(server.startMillis()));
            }
            try (Server server = Server.cobnut(setting.distribution(), 1)) {
                ours.add(TimeUnit.MILLISECONDS.toNanos(server.startMillis()));
            }
        }
        setting.table()
                .row(
                        "Cold start: first process to first answered GET VAR, 5 times, a new folder each",
                        "under 1.5 s on 2 cores",
                        format("%.2f s median", median(theirs) / 1e9),
                        format("%.2f s median, %.2f s at most", median(ours) / 1e9, Collections.max(ours) / 1e9),
                        "");
    }

    /** The program upsc as scripts call it, beside the least that any Java program takes. */
    void upsc() throws IOException {
        try (Server server = Server.cobnut(setting.distribution(), 1)) {
            String ups = "ups0@127.0.0.1:" + server.address().getPort();
            List<String> hello = List.of(
                    setting.java(),
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-cp",
                    setting.classes(),
                    Hello.class.getName());
            List<String> program =
                    List.of(setting.distribution().resolve("bin/upsc").toString(), ups, "ups.status");
            List<String> debian = List.of("/bin/upsc", ups, "ups.status");
            double least = run(hello);
            double ours = run(program);
            setting.table()
                    .row(
                            "upsc of one variable, whole process, 20 times",
                            "within 1.5 × of a Java hello-world",
                            format("%.0f ms median", run(debian)),
                            format("%.0f ms median (hello-world: %.0f)", ours, least),
                            format("%.2f ×", ours / least));
        }
    }

    private static double run(List<String> command) throws IOException {
        var nanos = new ArrayList<Long>();
        for (int i = 0; i < 20; i++) {
            long begin = System.nanoTime();
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                if (process.waitFor() != 0) throw new IOException(command + " ends with " + process.exitValue());
            } catch (InterruptedException stopped) {
                throw new IOException(stopped);
            }
            nanos.add(System.nanoTime() - begin);
        }
        return median(nanos) / 1e6;
    }

    /** The driver's jar is replaced by another build of it while a thousand clients poll. */
    void replace() throws IOException {
        Path home = copy(setting.distribution());
        Path jar = home.resolve("drivers/cobnut.drivers.sim.jar");
        try (Server ours = Server.cobnut(home, 1);
                var load = new Load(
                        ours.address(),
                        Load.Plan.of(1000, "GET VAR ups0 ups.status").every(Duration.ofSeconds(1)));
                var talk = new Talk(ours.address())) {
            for (String line : List.of("USERNAME admin", "PASSWORD bench", "SET TRACKING ON")) talk.ask(line);
            load.run(Duration.ofSeconds(3));
            var polling = new Background(() -> load.run(Duration.ofSeconds(10)));
            var gaps = new ArrayList<Long>();
            var whole = new ArrayList<Long>();
            for (int i = 0; i < 3; i++) {
                Path next = rebuilt(jar, "build " + i);
                long renamed = System.nanoTime();
                Files.move(next, jar, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                while (talk.outcome("SET VAR ups0 ups.id x" + i).equals("SUCCESS"))
                    if (System.nanoTime() - renamed > PATIENCE.toNanos()) throw new IOException("not replaced");
                long gone = System.nanoTime();
                while (!talk.outcome("SET VAR ups0 ups.id y" + i).equals("SUCCESS"))
                    if (System.nanoTime() - gone > PATIENCE.toNanos()) throw new IOException("not back");
                gaps.add(System.nanoTime() - gone);
                whole.add(System.nanoTime() - renamed);
            }
            polling.join();
            setting.table()
                    .row(
                            "A driver jar replaced while 1,000 clients poll, 3 times",
                            "0 connections lost, device back within 1 s",
                            "not possible",
                            format(
                                    "%d lost; away for %s; from the rename to the return %s",
                                    load.lost(), milliseconds(gaps), milliseconds(whole)),
                            "");
        }
    }

    void edit() throws IOException {
        try (Server theirs = Server.debian(1);
                Server ours = Server.cobnut(
                        setting.distribution(),
                        1,
                        "[far]\n driver = dummy-ups\n port = ups0@127.0.0.1:"
                                + theirs.address().getPort() + "\n");
                var talk = new Talk(ours.address())) {
            talk.until("GET VAR far ups.status", "VAR", PATIENCE);
            ours.edit("ups.conf", "UPS number 0", "Edited");
            row("ups.conf desc", talk.until("GET UPSDESC ups0", "UPSDESC ups0 \"Edited\"", PATIENCE));
            for (String line : List.of("USERNAME admin", "PASSWORD other")) talk.ask(line);
            ours.edit("upsd.users", "bench", "other");
            row("upsd.users password", talk.until("SET VAR ups0 ups.id 1", "OK", PATIENCE));
            theirs.stop();
            talk.until("GET VAR far driver.state", "VAR far driver.state \"reconnect.trying\"", PATIENCE);
            Main.pause(Duration.ofSeconds(2));
            ours.edit("upsd.conf", "MAXAGE 600", "MAXAGE 1");
            row("upsd.conf MAXAGE", talk.until("GET VAR far ups.status", "ERR DATA-STALE", PATIENCE));
        }
    }

    private void row(String what, long nanos) {
        setting.table()
                .row("Edit to effect: " + what, "within 1 s", "at the next reload", format("%.0f ms", nanos / 1e6), "");
    }

    private static String milliseconds(List<Long> nanos) {
        return format(MS, median(nanos) / 1e6, Collections.max(nanos) / 1e6);
    }

    private static long median(List<Long> nanos) {
        return nanos.stream().sorted().skip((nanos.size() - 1) / 2).findFirst().orElse(0L);
    }

    private static Path copy(Path from) throws IOException {
        Path to = Files.createTempDirectory("cobnut-bench-home");
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path copy = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) Files.createDirectories(copy);
                else Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        return to;
    }

    /** The same jar with another comment, beside the copy of the distribution that it is for. */
    private static Path rebuilt(Path jar, String comment) throws IOException {
        Path next = Files.createTempFile("cobnut-bench", ".part");
        try (var from = new ZipFile(jar.toFile());
                var to = new ZipOutputStream(Files.newOutputStream(next))) {
            to.setComment(comment);
            for (ZipEntry entry : Collections.list(from.entries())) {
                to.putNextEntry(new ZipEntry(entry.getName()));
                from.getInputStream(entry).transferTo(to);
                to.closeEntry();
            }
        }
        return next;
    }
}
