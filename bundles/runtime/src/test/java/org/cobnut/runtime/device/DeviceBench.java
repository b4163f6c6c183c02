package org.cobnut.runtime.device;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.apache.felix.framework.FrameworkFactory;
import org.cobnut.device.DeviceListener;
import org.cobnut.device.DeviceService;
import org.cobnut.driver.Driver;
import org.cobnut.model.Health;
import org.cobnut.runtime.link.DeviceRegistry;
import org.cobnut.runtime.link.LinkProviders;
import org.cobnut.runtime.link.ProviderTracker;
import org.cobnut.runtime.record.LinkRecorders;
import org.cobnut.runtime.section.CommonSettings;
import org.cobnut.runtime.section.DeviceConfig;
import org.cobnut.runtime.section.SecretOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.util.tracker.ServiceTracker;

/** A device on driver services of real bundles. */
@Timeout(30)
abstract class DeviceBench {
    private final DriverThreads workers = new DriverThreads();
    final CommonSettings defaults = new CommonSettings(config(CommonSettings.Config.class, Map.of()));
    private final LinkProviders links = new LinkProviders();
    private final DeviceRegistry registry = new DeviceRegistry();
    private final Semaphore changes = new Semaphore(0);
    private final DeviceListener listener = (ups, before, after) -> changes.release();
    private Framework framework;
    BundleContext context;
    Device device;
    private ProviderTracker providers;
    private LinkRecorders recorders;
    private final DriverDirectory drivers = new DriverDirectory(workers);
    private ServiceTracker<Driver, ServiceReference<Driver>> tracker;

    @BeforeEach
    void start(@TempDir Path folder) throws BundleException {
        framework = new FrameworkFactory()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE,
                        folder.toString(),
                        "felix.cache.locking",
                        "false",
                        "cobnut.confpath",
                        "/etc/some"));
        framework.start();
        context = framework.getBundleContext();
        recorders = new LinkRecorders(context);
        providers = new ProviderTracker(context, links);
        providers.open();
        tracker = new ServiceTracker<>(context, Driver.class, null) {
            @Override
            public ServiceReference<Driver> addingService(ServiceReference<Driver> reference) {
                drivers.addDriver(reference);
                return reference;
            }

            @Override
            public void modifiedService(ServiceReference<Driver> reference, ServiceReference<Driver> same) {
                drivers.updatedDriver(reference);
            }

            @Override
            public void removedService(ServiceReference<Driver> reference, ServiceReference<Driver> same) {
                drivers.removeDriver(reference);
            }
        };
        tracker.open();
        device = device(Map.of("desc", "Rack 1"));
    }

    @AfterEach
    void end() throws Exception {
        tracker.close();
        providers.close();
        device.stop();
        workers.stop();
        framework.stop();
        framework.waitForStop(10_000);
    }

    Device device(Map<String, Object> values) {
        Map<String, Object> all = section(values);
        var made = new Device(
                workers,
                drivers,
                defaults,
                links,
                registry,
                new SecretOptions(),
                recorders,
                context,
                config(DeviceConfig.class, all),
                all);
        made.addListener(listener);
        made.begin();
        return made;
    }

    void modify(Map<String, Object> values) {
        Map<String, Object> all = section(values);
        device.modified(config(DeviceConfig.class, all), all);
    }

    static Map<String, Object> section(Map<String, Object> values) {
        var all = new HashMap<String, Object>(Map.of("ups", "ups1", "driver", "gadget", "port", "x"));
        all.putAll(values);
        return all;
    }

    /** What Declarative Services makes of a configuration. */
    static <T> T config(Class<T> type, Map<String, Object> values) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) ->
                        values.getOrDefault(method.getName().replace('_', '.'), method.getDefaultValue())));
    }

    Bundle bundle(String name) throws IOException, BundleException {
        var manifest = new Manifest();
        manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
        manifest.getMainAttributes().putValue("Bundle-ManifestVersion", "2");
        manifest.getMainAttributes().putValue("Bundle-SymbolicName", name);
        var bytes = new ByteArrayOutputStream();
        new JarOutputStream(bytes, manifest).close();
        Bundle bundle = context.installBundle(name, new ByteArrayInputStream(bytes.toByteArray()));
        bundle.start();
        return bundle;
    }

    static ServiceReference<Driver> offer(Bundle bundle, Driver driver, int ranking) {
        Map<String, Object> properties =
                Map.of(Driver.NAME, new String[] {"alias", "gadget"}, Constants.SERVICE_RANKING, ranking);
        return bundle.getBundleContext()
                .registerService(Driver.class, driver, FrameworkUtil.asDictionary(properties))
                .getReference();
    }

    Optional<ServiceReference<DeviceService>> shown() {
        try {
            return context.getServiceReferences(DeviceService.class, "(ups.name=ups1)").stream()
                    .findFirst();
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    Health health() {
        return shown().map(context::getService)
                .map(service -> service.snapshot().health())
                .orElseGet(() -> new Health.DriverMissing("gadget"));
    }

    String value(String name) {
        return shown().map(context::getService)
                .flatMap(service -> service.snapshot().value(name))
                .orElse("(none)");
    }

    void awaitFresh(String driver) throws Exception {
        await(() -> health() instanceof Health.Fresh && value("ups.id").equals(driver));
    }

    void await(BooleanSupplier claim) throws TimeoutException, InterruptedException {
        long end = System.nanoTime() + SECONDS.toNanos(10);
        while (!claim.getAsBoolean()) {
            if (System.nanoTime() > end) throw new TimeoutException(health().toString());
            if (changes.tryAcquire(10, MILLISECONDS)) changes.drainPermits();
        }
    }
}
