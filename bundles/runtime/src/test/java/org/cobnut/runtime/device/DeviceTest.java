package org.cobnut.runtime.device;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.apache.felix.framework.FrameworkFactory;
import org.cobnut.device.DeviceListener;
import org.cobnut.device.DeviceService;
import org.cobnut.device.IsolatedSection;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Options;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.ByteLink;
import org.cobnut.link.Link;
import org.cobnut.link.LinkProvider;
import org.cobnut.link.LinkRequest;
import org.cobnut.link.Links;
import org.cobnut.link.SerialParameters;
import org.cobnut.model.Health;
import org.cobnut.runtime.link.DeviceRegistry;
import org.cobnut.runtime.link.LinkProviders;
import org.cobnut.runtime.link.ProviderTracker;
import org.cobnut.runtime.link.TestLink;
import org.cobnut.runtime.record.LinkRecorders;
import org.cobnut.runtime.section.CommonSettings;
import org.cobnut.runtime.section.DeviceConfig;
import org.cobnut.runtime.section.SecretOptions;
import org.cobnut.runtime.section.SectionFilter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
class DeviceTest {
    private final DriverThreads workers = new DriverThreads();
    private final CommonSettings defaults = new CommonSettings(config(CommonSettings.Config.class, Map.of()));
    private final LinkProviders links = new LinkProviders();
    private final DeviceRegistry registry = new DeviceRegistry();
    private final Semaphore changes = new Semaphore(0);
    private final DeviceListener listener = (ups, before, after) -> changes.release();
    private Framework framework;
    private BundleContext context;
    private Device device;
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

    @Test
    void showsNothingWithoutItsDriver() throws Exception {
        bundle("other")
                .getBundleContext()
                .registerService(
                        Driver.class,
                        new GadgetDriver("other"),
                        FrameworkUtil.asDictionary(Map.of(Driver.NAME, "gadget2")));
        assertThat(shown()).isEmpty();
    }

    @Test
    void registersTheDeviceInTheDriverBundlesName() throws Exception {
        Bundle bundle = bundle("one");
        offer(bundle, new GadgetDriver("one"), 0);
        ServiceReference<DeviceService> reference = shown().orElseThrow();
        assertThat(reference.getBundle()).isEqualTo(bundle);
        assertThat(reference.getProperty(DeviceService.NAME)).isEqualTo("ups1");
        assertThat(reference.getProperty(DeviceService.DESCRIPTION)).isEqualTo("Rack 1");
        awaitFresh("one");
    }

    @Test
    void withdrawsTheDeviceAndLetsGoOfTheDriverWhenItsBundleStops() throws Exception {
        Bundle bundle = bundle("one");
        var driver = new GadgetDriver("one");
        ServiceReference<Driver> service = offer(bundle, driver, 0);
        awaitFresh("one");
        assertThat(service.getUsingBundles()).isNotNull();
        bundle.stop();
        assertThat(shown()).isEmpty();
        assertThat(driver.gadget.closes).hasValue(1);
        assertThat(service.getUsingBundles()).isNull();
        bundle.start();
        offer(bundle, new GadgetDriver("one again"), 0);
        awaitFresh("one again");
    }

    @Test
    void movesToTheDriverThatRanksHigherAndBack() throws Exception {
        var low = new GadgetDriver("low");
        offer(bundle("low"), low, 1);
        awaitFresh("low");
        Bundle high = bundle("high");
        offer(high, new GadgetDriver("high"), 2);
        awaitFresh("high");
        assertThat(low.gadget.closes).hasValue(1);
        high.stop();
        awaitFresh("low");
    }

    @Test
    void closesTheOldSessionBeforeItOpensTheNewOne() throws Exception {
        var driver = new GadgetDriver("one");
        offer(bundle("one"), driver, 0);
        awaitFresh("one");
        driver.gadget.opening = () -> {
            if (driver.gadget.closes.get() != driver.gadget.opens.get() - 1) throw new IOException("still open");
        };
        modify(Map.of("options", new String[] {"mode = other"}));
        awaitFresh("one");
        assertThat(driver.settings.text("mode")).hasValue("other");
        assertThat(driver.gadget.opens).hasValue(2);
    }

    @Test
    void changesWhatIsOnlyShownWithoutOpeningAgain() throws Exception {
        var driver = new GadgetDriver("one");
        offer(bundle("one"), driver, 0);
        awaitFresh("one");
        ServiceReference<DeviceService> before = shown().orElseThrow();
        modify(Map.of("desc", "Rack 2", "order", 7, "pollinterval", 9, ".origin", "ups.conf:99"));
        assertThat(shown()).hasValue(before);
        assertThat(before.getProperty(DeviceService.DESCRIPTION)).isEqualTo("Rack 2");
        assertThat(value("driver.parameter.pollinterval")).isEqualTo("9");
        assertThat(driver.gadget.opens).hasValue(1);
    }

    @Test
    void takesTheCommonIntervalLiveUnlessItHasItsOwn() throws Exception {
        offer(bundle("one"), new GadgetDriver("one"), 0);
        awaitFresh("one");
        defaults.modified(config(CommonSettings.Config.class, Map.of("pollinterval", 5)));
        assertThat(value("driver.parameter.pollinterval")).isEqualTo("5");
        modify(Map.of("pollinterval", 3));
        defaults.modified(config(CommonSettings.Config.class, Map.of("pollinterval", 6)));
        assertThat(value("driver.parameter.pollinterval")).isEqualTo("3");
    }

    @Test
    void doesNotOpenWithOptionsThatTheDriverDoesNotKnow() throws Exception {
        var driver = new GadgetDriver("one");
        modify(Map.of("options", new String[] {"foo = 1"}));
        offer(bundle("one"), driver, 0);
        await(() -> health() instanceof Health.Reconnecting);
        assertThat(((Health.Reconnecting) health()).lastError()).startsWith("unknown option 'foo'; this driver takes ");
        assertThat(driver.gadget.opens).hasValue(0);
        modify(Map.of());
        awaitFresh("one");
    }

    @Test
    void saysAsItStandsWhichSettingMakesNoSenseAndWaitsForAnEdit() throws Exception {
        var driver = new GadgetDriver("one");
        driver.gadget.opening = () -> {
            throw new IllegalArgumentException("option 'prefix' is not given");
        };
        offer(bundle("one"), driver, 0);
        await(() -> health() instanceof Health.Reconnecting);
        var lost = (Health.Reconnecting) health();
        assertThat(lost.lastError()).isEqualTo("option 'prefix' is not given");
        assertThat(lost.nextTry()).isEqualTo(Instant.MAX);
        driver.gadget.opening = () -> {};
        modify(Map.of("options", new String[] {"mode = another"}));
        awaitFresh("one");
    }

    @Test
    void closesTheSessionsOfAllDevicesTogetherWhenTheirDriverGoes() throws Exception {
        var release = new CountDownLatch(1);
        var driver = new GadgetDriver("one");
        driver.gadget.closing = () -> {
            try {
                release.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        };
        var more = new ArrayList<Device>();
        for (int i = 2; i <= 8; i++) more.add(device(Map.of("ups", "ups" + i)));
        Bundle bundle = bundle("one");
        offer(bundle, driver, 0);
        await(() -> driver.gadget.polls.get() >= 8);
        long began = System.nanoTime();
        bundle.stop();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
        await(() -> driver.gadget.closes.get() == 8);
        release.countDown();
        more.forEach(Device::stop);
    }

    @Test
    void aSectionThatGoesLeavesTheDriverToTheOthers() throws Exception {
        var driver = new GadgetDriver("one");
        Device second = device(Map.of("ups", "ups2"));
        offer(bundle("one"), driver, 0);
        awaitFresh("one");
        await(() -> driver.gadget.opens.get() == 2);
        second.stop();
        await(() -> driver.gadget.closes.get() == 1);
        int polls = driver.gadget.polls.get();
        await(() -> driver.gadget.polls.get() > polls + 1);
        assertThat(shown()).isPresent();
        assertThat(driver.gadget.closes).hasValue(1);
    }

    @Test
    void findsFilesBelowTheConfigurationDirectory() throws Exception {
        var driver = new GadgetDriver("one");
        offer(bundle("one"), driver, 0);
        awaitFresh("one");
        assertThat(driver.links.file("a.dev")).isEqualTo(Path.of("/etc/some/a.dev"));
        assertThat(driver.links.file("/x/a.dev")).isEqualTo(Path.of("/x/a.dev"));
        assertThat(driver.links.file("./a.dev")).isEqualTo(Path.of("./a.dev"));
    }

    @Test
    void waitsForTheLinkItNeedsAndOpensWhenItComes() throws Exception {
        var driver = new GadgetDriver("one");
        driver.gadget.opening = () -> driver.links.open(ByteLink.class, "/dev/ttyS0", SerialParameters.at(2400));
        offer(bundle("one"), driver, 0);
        await(() -> health() instanceof Health.Reconnecting);
        assertThat(((Health.Reconnecting) health()).lastError())
                .isEqualTo("no bundle offers serial links (ByteLink) for port /dev/ttyS0; there are: none");
        var opened = new CompletableFuture<LinkRequest>();
        LinkProvider sockets = request -> {
            throw new IOException("wrong scheme");
        };
        LinkProvider serial = request -> {
            opened.complete(request);
            return new TestLink();
        };
        modify(Map.of("nolock", true));
        offer(bundle("sockets"), sockets, ByteLink.class, "tcp");
        offer(bundle("lines"), serial, ByteLink.class, "serial", "usbserial");
        awaitFresh("one");
        assertThat(opened.join().parameters(SerialParameters.class)).hasValue(SerialParameters.at(2400));
        assertThat(opened.join().shared()).isTrue();
    }

    @Test
    void leavesASectionAloneThatWantsAProcessOfItsOwn() throws Exception {
        offer(bundle("one"), new GadgetDriver("one"), 0);
        awaitFresh("one");
        modify(Map.of("isolation", "process"));
        await(() -> shown().isEmpty());
        offer(bundle("two"), new GadgetDriver("two"), 1);
        assertThat(shown()).isEmpty();
        modify(Map.of("isolation", "thread"));
        awaitFresh("two");
    }

    @Test
    void leavesADeviceOnNativeCodeToAnotherProcessWhereItIsToldSo() throws Exception {
        System.setProperty("cobnut.usb.isolation", "process"); // as a property of the framework
        Device second;
        try {
            second = device(Map.of("ups", "ups2"));
        } finally {
            System.clearProperty("cobnut.usb.isolation");
        }
        var opens = new AtomicInteger();
        var one = new GadgetDriver("one");
        Driver driver = new Driver() {
            @Override
            public Options options() {
                return one.options();
            }

            @Override
            public Session open(Settings settings, Links links) throws IOException {
                links.open(Lamp.class, "lamp:1");
                return one.open(settings, links);
            }
        };
        Bundle bundle = bundle("one");
        LinkProvider lamps = request -> {
            opens.incrementAndGet();
            return new Lamp() {
                @Override
                public boolean lit() {
                    return true;
                }

                @Override
                public void close() {}
            };
        };
        bundle("lamps")
                .getBundleContext()
                .registerService(
                        LinkProvider.class,
                        lamps,
                        FrameworkUtil.asDictionary(Map.of(
                                LinkProvider.KIND, Lamp.class.getName(),
                                LinkProvider.SCHEME, "lamp",
                                LinkProvider.NATIVE, "true")));
        offer(bundle, driver, 0);
        await(() -> isolated().equals(List.of("ups2")));
        assertThat(context.getServiceReferences(DeviceService.class, "(ups.name=ups2)"))
                .isEmpty();
        awaitFresh("one"); // the other device was not told so: it runs here
        assertThat(opens).hasValue(1);
        Map<String, Object> described = section(Map.of("ups", "ups2", "desc", "other"));
        second.modified(config(DeviceConfig.class, described), described);
        assertThat(isolated()).containsExactly("ups2");
        Map<String, Object> here = section(Map.of("ups", "ups2", "isolation", "thread"));
        second.modified(config(DeviceConfig.class, here), here);
        await(() -> opens.get() == 2);
        assertThat(isolated()).isEmpty();
        Map<String, Object> unsaid = section(Map.of("ups", "ups2"));
        second.modified(config(DeviceConfig.class, unsaid), unsaid);
        await(() -> isolated().equals(List.of("ups2")));
        bundle.stop();
        assertThat(isolated()).as("without its driver").isEmpty();
        second.stop();
    }

    private List<String> isolated() {
        try {
            return context.getServiceReferences(IsolatedSection.class, null).stream()
                    .map(context::getService)
                    .map(IsolatedSection::ups)
                    .toList();
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            '',     '',   '',      true
            '',     '',   thread,  true
            '',     '',   process, false
            cobnut, '',   process, false
            upsd,   '',   thread,  false
            driver, UPS1, process, true
            driver, UPS1, thread,  true
            driver, ups2, thread,  false
            """)
    void runsWhatItsProcessIsFor(String program, String ups, String isolation, boolean holds) {
        var config = config(DeviceConfig.class, section(Map.of("isolation", isolation)));
        assertThat(new SectionFilter(program, ups).holds(config)).isEqualTo(holds);
    }

    private Device device(Map<String, Object> values) {
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

    private void modify(Map<String, Object> values) {
        Map<String, Object> all = section(values);
        device.modified(config(DeviceConfig.class, all), all);
    }

    private static Map<String, Object> section(Map<String, Object> values) {
        var all = new HashMap<String, Object>(Map.of("ups", "ups1", "driver", "gadget", "port", "x"));
        all.putAll(values);
        return all;
    }

    /** What Declarative Services makes of a configuration. */
    private static <T> T config(Class<T> type, Map<String, Object> values) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) ->
                        values.getOrDefault(method.getName().replace('_', '.'), method.getDefaultValue())));
    }

    private Bundle bundle(String name) throws IOException, BundleException {
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

    private static ServiceReference<Driver> offer(Bundle bundle, Driver driver, int ranking) {
        Map<String, Object> properties =
                Map.of(Driver.NAME, new String[] {"alias", "gadget"}, Constants.SERVICE_RANKING, ranking);
        return bundle.getBundleContext()
                .registerService(Driver.class, driver, FrameworkUtil.asDictionary(properties))
                .getReference();
    }

    /** A kind of link that neither the API nor the runtime knows. */
    interface Lamp extends Link {
        boolean lit();
    }

    @Test
    void aBundleBringsAKindOfLinkThatNobodyKnew() throws Exception {
        var driver = new GadgetDriver("one");
        driver.gadget.opening = () -> {
            if (!driver.links.open(Lamp.class, "lamp:1").lit()) throw new IOException("it is dark");
        };
        offer(bundle("one"), driver, 0);
        await(() -> health().reason().equals("no bundle offers lamp links (Lamp) for port lamp:1; there are: none"));
        var closes = new AtomicInteger();
        var lit = new AtomicBoolean();
        var asked = new CompletableFuture<LinkRequest>();
        LinkProvider lamps = request -> {
            asked.complete(request);
            return new Lamp() {
                @Override
                public boolean lit() {
                    return lit.get();
                }

                @Override
                public void close() {
                    closes.incrementAndGet();
                }
            };
        };
        offer(bundle("lamps"), lamps, Lamp.class, "lamp");
        await(() -> health().reason().equals("it is dark"));
        await(() -> closes.get() >= 1);
        lit.set(true);
        asked.join().retry();
        awaitFresh("one");
        int before = closes.get();
        device.stop();
        assertThat(closes).hasValue(before + 1);
    }

    /** As a link bundle does that comes. */
    private static void offer(Bundle bundle, LinkProvider provider, Class<?> kind, String... schemes) {
        bundle.getBundleContext()
                .registerService(
                        LinkProvider.class,
                        provider,
                        FrameworkUtil.asDictionary(
                                Map.of(LinkProvider.KIND, kind.getName(), LinkProvider.SCHEME, schemes)));
    }

    private Optional<ServiceReference<DeviceService>> shown() {
        try {
            return context.getServiceReferences(DeviceService.class, "(ups.name=ups1)").stream()
                    .findFirst();
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private Health health() {
        return shown().map(context::getService)
                .map(service -> service.snapshot().health())
                .orElseGet(() -> new Health.DriverMissing("gadget"));
    }

    private String value(String name) {
        return shown().map(context::getService)
                .flatMap(service -> service.snapshot().value(name))
                .orElse("(none)");
    }

    private void awaitFresh(String driver) throws Exception {
        await(() -> health() instanceof Health.Fresh && value("ups.id").equals(driver));
    }

    private void await(BooleanSupplier claim) throws TimeoutException, InterruptedException {
        long end = System.nanoTime() + SECONDS.toNanos(10);
        while (!claim.getAsBoolean()) {
            if (System.nanoTime() > end) throw new TimeoutException(health().toString());
            if (changes.tryAcquire(10, MILLISECONDS)) changes.drainPermits();
        }
    }
}
