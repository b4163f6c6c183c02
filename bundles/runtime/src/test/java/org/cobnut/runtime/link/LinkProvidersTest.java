package org.cobnut.runtime.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.cobnut.link.ByteLink;
import org.cobnut.link.Link;
import org.cobnut.link.LinkProvider;
import org.cobnut.link.SerialLink;
import org.junit.jupiter.api.Test;

class LinkProvidersTest {
    private static final LinkProvider NAMING = request -> {
        throw new IOException("asked for " + request.port());
    };
    private final LinkProviders providers = new LinkProviders();
    private final AtomicInteger retries = new AtomicInteger();
    private final Runnable retry = retries::incrementAndGet;

    @Test
    void handsAPortToTheProviderOfItsKindAndScheme() {
        providers.addProvider(NAMING, offers(ByteLink.class, "tcp", "serial"));
        assertThatIOException().isThrownBy(() -> open("tcp:host:1")).withMessage("asked for tcp:host:1");
        assertThatIOException().isThrownBy(() -> open("/dev/ttyS0")).withMessage("asked for /dev/ttyS0");
        assertThatIOException()
                .isThrownBy(() -> open("udp:host:1"))
                .withMessage("no bundle offers udp links (ByteLink) for port udp:host:1; there are: serial, tcp");
        assertThatIOException()
                .isThrownBy(() -> session().open(SerialLink.class, "tcp:host:1"))
                .withMessageStartingWith("no bundle offers tcp links (SerialLink)");
        providers.removeProvider(NAMING);
        assertThatIOException().isThrownBy(() -> open("tcp:host:1")).withMessageStartingWith("no bundle offers tcp");
    }

    @Test
    void aProviderOfAnySchemeTakesWhatNoOtherNames() {
        providers.addProvider(NAMING, offers(ByteLink.class, LinkProvider.ANY));
        assertThatIOException().isThrownBy(() -> open("udp:host:1")).withMessage("asked for udp:host:1");
        providers.addProvider(
                request -> {
                    throw new IOException("exactly");
                },
                offers(ByteLink.class, "udp"));
        assertThatIOException().isThrownBy(() -> open("udp:host:1")).withMessage("exactly");
    }

    @Test
    void refusesALinkOfAnotherKindAndClosesIt() {
        var closes = new AtomicInteger();
        Link other = closes::incrementAndGet;
        providers.addProvider(request -> other, offers(ByteLink.class, "serial"));
        assertThatIOException().isThrownBy(() -> open("x")).withMessageEndingWith("and no org.cobnut.link.ByteLink");
        assertThat(closes).hasValue(1);
    }

    @Test
    void callsBackOnceWhenAProviderOfThatKindAndSchemeComesOrChanges() {
        assertThatIOException().isThrownBy(() -> open("/dev/ttyS0"));
        providers.addProvider(NAMING, offers(ByteLink.class, "tcp"));
        assertThat(retries).hasValue(0);
        providers.updatedProvider(NAMING, offers(ByteLink.class, "serial"));
        assertThat(retries).hasValue(1);
        providers.updatedProvider(NAMING, offers(ByteLink.class, "serial"));
        assertThat(retries).hasValue(1);
        assertThatIOException().isThrownBy(() -> open("/dev/ttyS0")).withMessageStartingWith("asked for");
        providers.updatedProvider(NAMING, offers(ByteLink.class, "serial"));
        assertThat(retries).as("a device was plugged in").hasValue(2);
    }

    @Test
    void doesNotCallWhoWasForgottenOrHasOpened() throws IOException {
        assertThatIOException().isThrownBy(() -> open("/dev/ttyS0"));
        providers.forget(retry);
        LinkProvider good = request -> new TestLink();
        providers.addProvider(good, offers(ByteLink.class, "serial"));
        session().open(ByteLink.class, "/dev/ttyS0").close();
        providers.updatedProvider(good, offers(ByteLink.class, "serial"));
        assertThat(retries).hasValue(0);
    }

    private void open(String port) throws IOException {
        session().open(ByteLink.class, port).close();
    }

    private SessionLinks session() {
        var user = new SessionLinks.User(
                "ups1", "gadget", port -> false, false, Path.of("/etc/nut"), SessionLinks.Tap.NONE, () -> false);
        return new SessionLinks(providers, new DeviceRegistry(), user, () -> {}, retry);
    }

    private static Map<String, Object> offers(Class<?> kind, String... schemes) {
        return Map.of(LinkProvider.KIND, kind.getName(), LinkProvider.SCHEME, schemes);
    }
}
