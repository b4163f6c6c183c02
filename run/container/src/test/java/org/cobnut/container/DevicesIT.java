package org.cobnut.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.cobnut.device.DeviceListener;
import org.cobnut.device.DeviceService;
import org.cobnut.driver.Driver;
import org.cobnut.exam.InContainer;
import org.cobnut.model.Health;
import org.cobnut.testkit.Line;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.ServiceReference;

/** Which services come and go with sections of ups.conf and with driver bundles. */
@InContainer
class DevicesIT {
    private static final int SECONDS = 20;
    private static final String DEMO = """
            [demo]
                driver = dummy-ups
                port = demo.dev
            """;

    @AfterEach
    void takeTheSectionOut(BundleContext context) throws Exception {
        write(context, "ups.conf", "");
        awaitGone(context);
    }

    @Test
    void withoutASectionADriverIsADriverAndNoDevice(BundleContext context) throws Exception {
        assertThat(context.getServiceReferences(Driver.class, "(driver.name=dummy-ups)"))
                .hasSize(1);
        assertThat(devices(context)).isEmpty();
    }

    @Test
    void aSectionIsOneDeviceInTheNameOfTheDriversBundle(BundleContext context) throws Exception {
        plugIn(context);

        assertThat(devices(context)).singleElement().satisfies(device -> {
            assertThat(device.getProperty(DeviceService.NAME)).isEqualTo("demo");
            assertThat(device.getBundle().getSymbolicName()).isEqualTo("cobnut.drivers.sim");
        });
    }

    @Test
    void theDeviceGoesAndComesWithTheDriversBundleWhileClientsStay(BundleContext context) throws Exception {
        plugIn(context);
        var driver = driver(context);
        try (var client = new Line(port(context))) {
            assertThat(client.ask("GET VAR demo ups.status")).isEqualTo("VAR demo ups.status \"OL\"");

            driver.stop();
            assertThat(devices(context)).isEmpty();
            assertThat(client.ask("GET VAR demo ups.status"))
                    .as("for MAXAGE seconds, so that a driver can be replaced")
                    .isEqualTo("VAR demo ups.status \"OL\"");

            awaitFresh(context, driver::start);
            assertThat(devices(context)).hasSize(1);
            assertThat(client.ask("GET VAR demo ups.status")).isEqualTo("VAR demo ups.status \"OL\"");
        } finally {
            driver.start();
        }
    }

    private static void plugIn(BundleContext context) throws Exception {
        write(context, "demo.dev", "ups.status: OL\n");
        awaitFresh(context, () -> write(context, "ups.conf", DEMO));
    }

    private static List<ServiceReference<DeviceService>> devices(BundleContext context) throws Exception {
        return List.copyOf(context.getServiceReferences(DeviceService.class, null));
    }

    private static Bundle driver(BundleContext context) {
        return Stream.of(context.getBundles())
                .filter(bundle -> bundle.getSymbolicName().equals("cobnut.drivers.sim"))
                .findFirst()
                .orElseThrow();
    }

    private static int port(BundleContext context) throws IOException {
        return Integer.parseInt(
                Files.readString(conf(context).resolve("upsd.conf")).split("\\s+")[2]);
    }

    private static Path conf(BundleContext context) {
        return Path.of(context.getProperty("cobnut.confpath"));
    }

    private static void write(BundleContext context, String name, String text) throws IOException {
        Files.writeString(conf(context).resolve(name), text);
    }

    private interface Action {
        void run() throws Exception;
    }

    /** Waits until, because of the action, a device has told of fresh data. */
    private static void awaitFresh(BundleContext context, Action action) throws Exception {
        var fresh = new CountDownLatch(1);
        DeviceListener listener = (ups, before, after) -> {
            if (after.health() instanceof Health.Fresh) {
                fresh.countDown();
            }
        };
        var registration = context.registerService(DeviceListener.class, listener, null);
        try {
            action.run();
            assertThat(fresh.await(SECONDS, TimeUnit.SECONDS))
                    .as("a device with fresh data")
                    .isTrue();
        } finally {
            registration.unregister();
        }
    }

    private static void awaitGone(BundleContext context) throws Exception {
        var gone = new CountDownLatch(1);
        ServiceListener listener = event -> {
            if (event.getType() == ServiceEvent.UNREGISTERING) {
                gone.countDown();
            }
        };
        context.addServiceListener(listener, "(objectClass=" + DeviceService.class.getName() + ")");
        try {
            if (!devices(context).isEmpty()) {
                assertThat(gone.await(SECONDS, TimeUnit.SECONDS))
                        .as("the device is gone")
                        .isTrue();
            }
        } finally {
            context.removeServiceListener(listener);
        }
    }
}
