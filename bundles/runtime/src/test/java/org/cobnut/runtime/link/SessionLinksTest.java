package org.cobnut.runtime.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.cobnut.link.ByteLink;
import org.cobnut.link.Link;
import org.cobnut.link.LinkProvider;
import org.cobnut.link.LinkRequest;
import org.junit.jupiter.api.Test;

/** What sessions hold: links that are closed for them, and devices that are leased to one of them. */
class SessionLinksTest {
    private final LinkProviders providers = new LinkProviders();
    private final DeviceRegistry devices = new DeviceRegistry();
    private final List<TestLink> opened = new CopyOnWriteArrayList<>();
    private final AtomicInteger retries = new AtomicInteger();

    /** Two devices, of which "auto" means any that is free. */
    private final class Provider implements LinkProvider {
        @Override
        public Link open(LinkRequest request) throws IOException {
            for (String device : List.of("usb:1", "usb:2"))
                if (request.lease(device)) {
                    var link = new TestLink();
                    opened.add(link);
                    return link;
                }
            throw new IOException("other sections have all 2 devices");
        }
    }

    SessionLinksTest() {
        providers.addProvider(
                new Provider(), Map.of(LinkProvider.KIND, ByteLink.class.getName(), LinkProvider.SCHEME, "serial"));
    }

    @Test
    void closesEveryLinkOnceAndOpensNoneAfterwards() throws IOException {
        SessionLinks session = session("ups1");
        session.open(ByteLink.class, "auto");
        session.close();
        session.close();
        assertThat(opened).singleElement().satisfies(link -> assertThat(link.closes)
                .hasValue(1));
        assertThatIOException()
                .isThrownBy(() -> session.open(ByteLink.class, "auto"))
                .withMessage("port auto is not opened: the session that asks for it has ended");
        assertThat(opened).hasSize(1);
    }

    @Test
    void closesALinkThatOpensWhileTheSessionIsGivenUp() {
        var late = new TestLink();
        var sessions = new CopyOnWriteArrayList<SessionLinks>();
        LinkProvider slow = request -> {
            sessions.forEach(SessionLinks::close);
            return late;
        };
        providers.addProvider(slow, Map.of(LinkProvider.KIND, ByteLink.class.getName(), LinkProvider.SCHEME, "slow"));
        sessions.add(session("ups1"));
        assertThatIOException().isThrownBy(() -> sessions.get(0).open(ByteLink.class, "slow:x"));
        assertThat(late.closes).hasValue(1);
    }

    @Test
    void aLinkThatCannotBeClosedKeepsNoOtherOpen() throws IOException {
        LinkProvider bad = request -> () -> {
            throw new IllegalStateException("a fault of its bundle");
        };
        providers.addProvider(bad, Map.of(LinkProvider.KIND, Link.class.getName(), LinkProvider.SCHEME, "bad"));
        SessionLinks session = session("ups1");
        session.open(Link.class, "bad:x");
        session.open(ByteLink.class, "auto");
        session.close();
        assertThat(opened.get(0).closes).hasValue(1);
        session("ups2").open(ByteLink.class, "auto");
        session("ups3").open(ByteLink.class, "auto");
    }

    @Test
    void twoSectionsNeverGetTheSameDeviceAndWhoWaitsGetsTheFreedOne() throws IOException {
        SessionLinks first = session("ups1");
        SessionLinks second = session("ups2");
        first.open(ByteLink.class, "auto");
        second.open(ByteLink.class, "auto");
        SessionLinks third = session("ups3");
        assertThatIOException()
                .isThrownBy(() -> third.open(ByteLink.class, "auto"))
                .withMessage("other sections have all 2 devices");
        third.close();
        assertThat(retries).hasValue(0);
        first.close();
        assertThat(retries).as("who waits is opened again").hasValue(1);
        session("ups3").open(ByteLink.class, "auto");
        second.close();
        assertThat(retries).hasValue(1);
    }

    @Test
    void aSessionMayAskForItsOwnDeviceAgain() throws IOException {
        SessionLinks session = session("ups1");
        session.open(ByteLink.class, "auto");
        session.open(ByteLink.class, "auto");
        session("ups2").open(ByteLink.class, "auto");
        assertThat(opened).hasSize(3);
    }

    private SessionLinks session(String ups) {
        var user = new SessionLinks.User(ups, false, Path.of("/etc/nut"), SessionLinks.Tap.NONE);
        return new SessionLinks(providers, devices, user, () -> {}, retries::incrementAndGet);
    }
}
