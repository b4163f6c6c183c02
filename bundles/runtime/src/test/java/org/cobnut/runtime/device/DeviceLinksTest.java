package org.cobnut.runtime.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
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
import org.cobnut.runtime.link.TestLink;
import org.cobnut.runtime.section.DeviceConfig;
import org.cobnut.runtime.section.SectionFilter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;

/** Which links a device gets, and in which process it runs for their sake. */
class DeviceLinksTest extends DeviceBench {
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
}
