package org.cobnut.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.cobnut.exam.InContainer;
import org.cobnut.testkit.Line;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;

/** Each driver bundle comes and goes a hundred times, with its devices open, and leaves nothing behind. */
@InContainer
class RoundsIT {
    private static final boolean LONG = Boolean.getBoolean("cobnut.long");
    private static final int ROUNDS = LONG ? 100 : 10;
    private static final int WARM = LONG ? 10 : 3;
    private static final Path UPS = Path.of("../../drivers-bundles/megatec/src/test/resources");
    private static final String SECTIONS = """
            pollinterval = 1
            [demo]
                driver = dummy-ups
                port = demo.dev
            [repeated]
                driver = dummy-ups
                port = demo@127.0.0.1:%d
            [line]
                driver = nutdrv_qx
                port = %s
                protocol = megatec
            [copy]
                driver = clone
                port = dummy-ups-demo
            [both]
                driver = failover
                port = nutdrv_qx-line,demo
            """;

    /** What a process has, and could leak. */
    private record Held(long files, long lines, long natives, long threads) {
        static Held now() throws IOException {
            return new Held(
                    open(""),
                    open("/dev/pts/"),
                    mapped("libjSerialComm"),
                    Thread.getAllStackTraces().size());
        }
    }

    @Test
    void aHundredRoundsLeaveNoClassLoaderThreadFileOrNativeHandle(BundleContext context, @TempDir Path folder)
            throws Exception {
        Path conf = Path.of(context.getProperty("cobnut.confpath"));
        Path port = folder.resolve("tty");
        int server =
                Integer.parseInt(Files.readString(conf.resolve("upsd.conf")).split("\\s+")[2]);
        Process ups = new ProcessBuilder(
                        "python3",
                        UPS.resolve("ups.py").toString(),
                        port.toString(),
                        UPS.resolve("dialects/megatec.txt").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertThat(ups.inputReader().readLine()).isEqualTo("ready");
            Files.writeString(conf.resolve("demo.dev"), "ups.status: OL\n");
            Files.writeString(conf.resolve("ups.conf"), SECTIONS.formatted(server, port));
            rounds(context, "cobnut.drivers.sim", server, "demo", "repeated");
            rounds(context, "cobnut.drivers.megatec", server, "line");
            rounds(context, "cobnut.drivers.virtual", server, "copy", "both");
        } finally {
            Files.writeString(conf.resolve("ups.conf"), "");
            ups.destroyForcibly();
            Files.deleteIfExists(port);
        }
    }

    @Test
    void noDriverBundleOfTheDistributionIsForgotten(BundleContext context) {
        assertThat(context.getBundles())
                .extracting(Bundle::getSymbolicName)
                .filteredOn(name -> name.startsWith("cobnut.drivers."))
                .containsExactlyInAnyOrder(
                        "cobnut.drivers.apcsmart",
                        "cobnut.drivers.apcupsd",
                        "cobnut.drivers.bcmxcp",
                        "cobnut.drivers.belkinunv",
                        "cobnut.drivers.best",
                        "cobnut.drivers.bestups",
                        "cobnut.drivers.boards",
                        "cobnut.drivers.bicker",
                        "cobnut.drivers.genericups",
                        "cobnut.drivers.hwmon",
                        "cobnut.drivers.industrial",
                        "cobnut.drivers.liebert",
                        "cobnut.drivers.liebertesp2",
                        "cobnut.drivers.masterguard",
                        "cobnut.drivers.megatec",
                        "cobnut.drivers.metasys",
                        "cobnut.drivers.microdowell",
                        "cobnut.drivers.microsol",
                        "cobnut.drivers.modbus",
                        "cobnut.drivers.netxml",
                        "cobnut.drivers.nhs",
                        "cobnut.drivers.oldserial",
                        "cobnut.drivers.oneac",
                        "cobnut.drivers.optiups",
                        "cobnut.drivers.powercom",
                        "cobnut.drivers.powerman",
                        "cobnut.drivers.powerpanel",
                        "cobnut.drivers.powervar",
                        "cobnut.drivers.ragtech",
                        "cobnut.drivers.replay",
                        "cobnut.drivers.riello",
                        "cobnut.drivers.safenet",
                        "cobnut.drivers.sec",
                        "cobnut.drivers.sim",
                        "cobnut.drivers.sms",
                        "cobnut.drivers.snmp",
                        "cobnut.drivers.tripplite",
                        "cobnut.drivers.upower",
                        "cobnut.drivers.upscode2",
                        "cobnut.drivers.usbhid",
                        "cobnut.drivers.utalk",
                        "cobnut.drivers.victron",
                        "cobnut.drivers.virtual");
    }

    private static void rounds(BundleContext context, String name, int server, String... devices) throws Exception {
        Bundle driver = Stream.of(context.getBundles())
                .filter(bundle -> bundle.getSymbolicName().equals(name))
                .findFirst()
                .orElseThrow();
        String location = driver.getLocation();
        var loaders = new ArrayList<WeakReference<ClassLoader>>();
        Held before = Held.now();
        for (int round = 0; round < ROUNDS + WARM; round++) {
            awaitDevices(server, devices);
            if (round == WARM) {
                settle();
                before = Held.now();
            }
            loaders.add(new WeakReference<>(driver.adapt(BundleWiring.class).getClassLoader()));
            driver.stop();
            driver.uninstall();
            refresh(context, driver);
            try (InputStream jar = URI.create(location).toURL().openStream()) {
                driver = context.installBundle(location, jar);
            }
            driver.start();
        }
        awaitDevices(server, devices);
        settle();
        Held after = Held.now();
        System.out.printf(
                "%s, %d rounds: %s, then %s, class loaders %d%n", name, ROUNDS, before, after, alive(loaders));
        // The method handle for a record's equals stays in a cache of the JDK until the next record's takes its place.
        assertThat(alive(loaders)).as("class loaders of %s", name).isLessThanOrEqualTo(1);
        assertThat(after.lines()).as("open terminals").isEqualTo(before.lines());
        assertThat(after.natives()).as("mapped pieces of native code").isEqualTo(before.natives());
        assertThat(after.files()).as("open files").isLessThanOrEqualTo(before.files() + 5);
        assertThat(after.threads()).as("threads").isLessThanOrEqualTo(before.threads() + 5);
    }

    private static void awaitDevices(int server, String... devices) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        try (var line = new Line(server)) {
            for (String ups : devices)
                while (!String.valueOf(line.ask("GET VAR " + ups + " driver.version"))
                        .startsWith("VAR")) {
                    assertThat(System.nanoTime()).as(ups).isLessThan(deadline);
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
                }
        }
    }

    private static void refresh(BundleContext context, Bundle bundle) throws InterruptedException {
        var done = new CountDownLatch(1);
        context.getBundle(0).adapt(FrameworkWiring.class).refreshBundles(List.of(bundle), event -> done.countDown());
        assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
    }

    /** Time for threads to end, and for what is not held to be collected. */
    private static void settle() {
        for (int i = 0; i < 3; i++) {
            System.gc();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
        }
    }

    /** The last one may still be in the hands of whoever tells of it. */
    private static long alive(List<WeakReference<ClassLoader>> loaders) {
        return loaders.stream()
                .limit(ROUNDS)
                .filter(loader -> loader.get() != null)
                .count();
    }

    private static long open(String prefix) throws IOException {
        try (var files = Files.list(Path.of("/proc/self/fd"))) {
            return files.filter(file -> target(file).startsWith(prefix)).count();
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return "closed meanwhile";
        }
    }

    private static long mapped(String library) throws IOException {
        try (var lines = Files.lines(Path.of("/proc/self/maps"))) {
            return lines.filter(line -> line.contains(library)).count();
        }
    }
}
