package org.cobnut.runtime.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Due;
import org.cobnut.driver.Options;
import org.cobnut.driver.Report;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.Link;
import org.cobnut.link.LinkProvider;
import org.cobnut.link.Links;
import org.cobnut.model.Health;
import org.cobnut.model.Outcome;
import org.cobnut.runtime.link.DeviceRegistry;
import org.cobnut.runtime.link.LinkProviders;
import org.cobnut.runtime.link.ProviderTracker;
import org.cobnut.runtime.link.SessionLinks;
import org.cobnut.runtime.poll.Bench;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/** A driver that fails at every point where it can leaves no descriptor open; each of its links is a file. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class LinkOwnershipTest {
    /** Where it fails. */
    enum Point {
        OPTIONS,
        BEFORE_A_LINK,
        BETWEEN_LINKS,
        AFTER_LINKS,
        POLL,
        RUN,
        CLOSE
    }

    /** How it fails. */
    enum Way {
        NO_ANSWER,
        FAULT,
        ERROR,
        HANG
    }

    @TempDir
    Path folder;

    private Path device;
    private volatile Optional<Point> point = Optional.empty();
    private volatile Way way = Way.FAULT;
    private Bench bench;
    private final CountDownLatch hangs = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);

    private final class FileLink implements Link {
        private final FileChannel channel;

        FileLink() throws IOException {
            channel = FileChannel.open(device);
        }

        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Closes nothing itself. */
    private final class Careless implements Driver, Session {
        @Override
        public Options options() {
            unless(Point.OPTIONS);
            return Options.of();
        }

        @Override
        public Session open(Settings settings, Links links) throws IOException {
            fail(Point.BEFORE_A_LINK);
            links.open(Link.class, "file:1");
            fail(Point.BETWEEN_LINKS);
            links.open(Link.class, "file:2");
            fail(Point.AFTER_LINKS);
            return this;
        }

        @Override
        public void poll(Report report, Due due) throws IOException {
            fail(Point.POLL);
            report.status("OL");
            report.command("load.off");
        }

        @Override
        public Outcome run(String command, String argument) throws IOException {
            fail(Point.RUN);
            return Outcome.handled();
        }

        @Override
        public void close() {
            unless(Point.CLOSE);
        }
    }

    @BeforeEach
    void start() throws IOException {
        device = Files.createFile(folder.resolve("device"));
        var providers = new LinkProviders();
        LinkProvider files = request -> new FileLink();
        ProviderTracker.add(
                providers, files, Map.of(LinkProvider.KIND, Link.class.getName(), LinkProvider.SCHEME, "file"));
        var user = new SessionLinks.User(
                "ups1", "gadget", port -> false, false, folder, SessionLinks.Tap.NONE, () -> false);
        var registry = new DeviceRegistry();
        var driver = new Careless();
        bench = Bench.threaded(new ServiceOpener(
                context(driver),
                reference(),
                Bench.section(),
                settings -> {},
                wake -> new SessionLinks(providers, registry, user, wake, () -> {})));
    }

    @AfterEach
    void end() {
        release.countDown();
        bench.close();
    }

    @ParameterizedTest
    @EnumSource(Point.class)
    void leavesNothingOpenWhenTheDeviceDoesNotAnswer(Point where) throws Exception {
        failsAt(where, Way.NO_ANSWER);
    }

    @ParameterizedTest
    @EnumSource(Point.class)
    void leavesNothingOpenWhenItsDriverHasAFault(Point where) throws Exception {
        failsAt(where, Way.FAULT);
    }

    @ParameterizedTest
    @EnumSource(Point.class)
    void leavesNothingOpenWhenAnErrorStrikes(Point where) throws Exception {
        failsAt(where, Way.ERROR);
    }

    /** The thread is still in the driver when its links are closed. */
    @ParameterizedTest
    @EnumSource(Point.class)
    void leavesNothingOpenWhenAThreadIsGivenUp(Point where) throws Exception {
        point = Optional.of(where);
        way = Way.HANG;
        begin();
        assertThat(hangs.await(10, TimeUnit.SECONDS)).isTrue();
        point = Optional.empty();
        bench.seconds(62);
        await(() -> bench.runner.lost() == 1);
        bench.runner.close().toCompletableFuture().get(10, TimeUnit.SECONDS);
        await(() -> open() == 0);
        release.countDown();
        await(() -> bench.runner.lost() == 0);
        assertThat(open()).as("links that were asked for after that").isZero();
    }

    private void failsAt(Point where, Way how) throws Exception {
        point = Optional.of(where);
        way = how;
        begin();
        for (int i = 0; i < 8; i++) {
            bench.seconds(1);
            assertThat(open()).as("never more than one session has").isLessThanOrEqualTo(2);
        }
        bench.runner.close().toCompletableFuture().get(10, TimeUnit.SECONDS);
        assertThat(open()).isZero();
    }

    private void begin() throws Exception {
        bench.start();
        Point where = point.orElseThrow();
        if (where != Point.RUN && where != Point.CLOSE) return;
        await(() -> bench.health() instanceof Health.Fresh);
        assertThat(open()).isEqualTo(2);
        if (where == Point.RUN) bench.device.run("load.off", "");
        else bench.runner.close();
    }

    private void fail(Point here) throws IOException {
        if (Optional.of(here).equals(point) && way == Way.NO_ANSWER) throw new IOException("no answer");
        unless(here);
    }

    private void unless(Point here) {
        if (!Optional.of(here).equals(point)) return;
        switch (way) {
            case ERROR -> throw new OutOfMemoryError("as if");
            case HANG -> hang();
            default -> throw new IllegalStateException("a fault");
        }
    }

    private void hang() {
        hangs.countDown();
        while (release.getCount() > 0) {
            try {
                release.await();
            } catch (InterruptedException e) {
                hangs.countDown(); // a driver that swallows interrupts
            }
        }
    }

    private long open() {
        try (Stream<Path> all = Files.list(new File("/proc/self/fd").toPath())) {
            return all.filter(one -> target(one).equals(device.toString())).count();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return "";
        }
    }

    private static void await(BooleanSupplier claim) throws InterruptedException {
        var never = new CountDownLatch(1);
        for (int i = 0; i < 1000 && !claim.getAsBoolean(); i++)
            if (never.await(10, TimeUnit.MILLISECONDS)) throw new AssertionError();
        assertThat(claim.getAsBoolean()).isTrue();
    }

    /** A framework with this one service. */
    private static BundleContext context(Driver driver) {
        return (BundleContext) Proxy.newProxyInstance(
                LinkOwnershipTest.class.getClassLoader(),
                new Class<?>[] {BundleContext.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getService" -> driver;
                    case "ungetService" -> true;
                    case "getProperty" -> null;
                    default -> throw new AssertionError(method);
                });
    }

    @SuppressWarnings("unchecked")
    private static ServiceReference<Driver> reference() {
        return (ServiceReference<Driver>) Proxy.newProxyInstance(
                LinkOwnershipTest.class.getClassLoader(),
                new Class<?>[] {ServiceReference.class},
                (proxy, method, a) -> {
                    throw new AssertionError(method);
                });
    }
}
