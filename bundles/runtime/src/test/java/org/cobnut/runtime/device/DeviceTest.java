package org.cobnut.runtime.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.cobnut.device.DeviceService;
import org.cobnut.driver.Driver;
import org.cobnut.model.Health;
import org.cobnut.runtime.section.CommonSettings;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;

/** How a device follows its driver and its section. */
class DeviceTest extends DeviceBench {
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
}
