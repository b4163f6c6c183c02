package org.cobnut.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.cobnut.device.DeviceListener;
import org.cobnut.exam.InContainer;
import org.cobnut.model.Health;
import org.cobnut.model.Snapshot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.wiring.FrameworkWiring;

/** A device on a serial line: native code in its own bundle, and a link bundle that comes and goes. */
@InContainer
class SerialIT {
    private static final Path UPS = Path.of("../../drivers-bundles/megatec/src/test/resources");

    @Test
    void waitsForItsLinkBundleAndOpensWhenItComes(BundleContext context, @TempDir Path folder) throws Exception {
        Path port = folder.resolve("tty");
        Process ups = new ProcessBuilder(
                        "python3",
                        UPS.resolve("ups.py").toString(),
                        port.toString(),
                        UPS.resolve("dialects/megatec.txt").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Bundle link = bundle(context, "cobnut.link.serial");
        try {
            assertThat(ups.inputReader().readLine()).isEqualTo("ready");
            await(context, Health.Fresh.class::isInstance, () -> section(context, port));
            await(context, SerialIT::withoutLink, link::stop);
            await(context, Health.Fresh.class::isInstance, link::start);
        } finally {
            link.start();
            Files.writeString(conf(context).resolve("ups.conf"), "");
            ups.destroyForcibly();
            Files.deleteIfExists(port);
        }
    }

    @Test
    void noUpdateOfADriverOrALinkRefreshesTheNativeCode(BundleContext context) {
        Collection<Bundle> touched = context.getBundle(0)
                .adapt(FrameworkWiring.class)
                .getDependencyClosure(
                        List.of(bundle(context, "cobnut.drivers.megatec"), bundle(context, "cobnut.link.serial")));
        assertThat(touched)
                .extracting(Bundle::getSymbolicName)
                .contains("cobnut.link.serial")
                .doesNotContain("com.fazecast.jSerialComm");
    }

    private static boolean withoutLink(Health health) {
        return health.reason().startsWith("no bundle offers serial links");
    }

    private static void section(BundleContext context, Path port) throws IOException {
        Files.writeString(conf(context).resolve("ups.conf"), """
                pollinterval = 1
                [line]
                    driver = nutdrv_qx
                    port = %s
                    protocol = megatec
                """.formatted(port));
    }

    private static Path conf(BundleContext context) {
        return Path.of(context.getProperty("cobnut.confpath"));
    }

    private static Bundle bundle(BundleContext context, String name) {
        return Stream.of(context.getBundles())
                .filter(bundle -> name.equals(bundle.getSymbolicName()))
                .findFirst()
                .orElseThrow();
    }

    private interface Action {
        void run() throws Exception;
    }

    /** Waits until, because of the action, the device is in such health. */
    private static void await(BundleContext context, Predicate<Health> wanted, Action action) throws Exception {
        var reached = new CountDownLatch(1);
        DeviceListener listener = (String ups, Snapshot before, Snapshot after) -> {
            if (wanted.test(after.health())) reached.countDown();
        };
        ServiceRegistration<DeviceListener> registration =
                context.registerService(DeviceListener.class, listener, null);
        try {
            action.run();
            assertThat(reached.await(30, TimeUnit.SECONDS))
                    .as("the health waited for")
                    .isTrue();
        } finally {
            registration.unregister();
        }
    }
}
