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
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;

/** Each driver bundle comes and goes a hundred times, and leaves nothing behind. */
@InContainer
class RoundsIT {
    private static final int ROUNDS = 100;
    private static final int WARM = 10;
    private static final String SECTIONS = """
            [demo]
                driver = dummy-ups
                port = demo.dev
            [repeated]
                driver = dummy-ups
                port = demo@127.0.0.1:%d
            """;

    @Test
    void aHundredRoundsLeaveNoClassLoaderThreadOrFile(BundleContext context) throws Exception {
        Path conf = Path.of(context.getProperty("cobnut.confpath"));
        int port = Integer.parseInt(Files.readString(conf.resolve("upsd.conf")).split("\\s+")[2]);
        Files.writeString(conf.resolve("demo.dev"), "ups.status: OL\n");
        Files.writeString(conf.resolve("ups.conf"), SECTIONS.formatted(port));
        var drivers = Stream.of(context.getBundles())
                .filter(bundle -> bundle.getSymbolicName().startsWith("cobnut.drivers."))
                .toList();
        assertThat(drivers).isNotEmpty();
        for (Bundle driver : drivers) hundredRounds(context, driver, port);
    }

    private static void hundredRounds(BundleContext context, Bundle first, int port) throws Exception {
        String location = first.getLocation();
        var loaders = new ArrayList<WeakReference<ClassLoader>>();
        Bundle driver = first;
        long files = 0;
        long threads = 0;
        for (int round = 0; round < ROUNDS + WARM; round++) {
            if (round == WARM) {
                settle();
                files = files();
                threads = threads();
            }
            if (driver.getSymbolicName().equals("cobnut.drivers.sim")) awaitDevices(port);
            loaders.add(new WeakReference<>(driver.adapt(BundleWiring.class).getClassLoader()));
            driver.stop();
            driver.uninstall();
            refresh(context, driver);
            try (InputStream jar = URI.create(location).toURL().openStream()) {
                driver = context.installBundle(location, jar);
            }
            driver.start();
        }
        settle();
        assertThat(alive(loaders))
                .as("class loaders of %s", first.getSymbolicName())
                .isZero();
        assertThat(files()).as("open files").isLessThanOrEqualTo(files + 5);
        assertThat(threads()).as("threads").isLessThanOrEqualTo(threads + 5);
    }

    private static void awaitDevices(int port) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        try (var line = new Line(port)) {
            for (String ups : List.of("demo", "repeated"))
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

    private static long files() throws IOException {
        try (var files = Files.list(Path.of("/proc/self/fd"))) {
            return files.count();
        }
    }

    private static long threads() {
        return Thread.getAllStackTraces().size();
    }
}
