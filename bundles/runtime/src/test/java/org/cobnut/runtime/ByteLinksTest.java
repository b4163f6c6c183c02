package org.cobnut.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.cobnut.link.ByteLinkProvider;
import org.cobnut.link.SerialParameters;
import org.junit.jupiter.api.Test;

class ByteLinksTest {
    private static final SerialParameters LINE = SerialParameters.at(2400);
    private static final ByteLinkProvider NAMING = (port, parameters) -> {
        throw new IOException("asked for " + port);
    };

    private final ByteLinks links = new ByteLinks();
    private final AtomicInteger retries = new AtomicInteger();

    @Test
    void handsAPortToTheProviderOfItsScheme() {
        links.addProvider(NAMING, Map.of(ByteLinkProvider.SCHEME, new String[] {"tcp", "serial"}));
        assertThatIOException().isThrownBy(() -> open("tcp:host:1")).withMessage("asked for tcp:host:1");
        assertThatIOException().isThrownBy(() -> open("/dev/ttyS0")).withMessage("asked for /dev/ttyS0");
        assertThatIOException().isThrownBy(() -> open("udp:host:1")).withMessageStartingWith("no bundle offers udp");
        links.removeProvider(NAMING);
        assertThatIOException().isThrownBy(() -> open("tcp:host:1")).withMessageStartingWith("no bundle offers tcp");
    }

    @Test
    void callsBackOnceWhenALinkBundleComes() {
        assertThatIOException().isThrownBy(() -> open("/dev/ttyS0"));
        assertThat(retries).hasValue(0);
        links.addProvider(NAMING, Map.of(ByteLinkProvider.SCHEME, "serial"));
        assertThat(retries).hasValue(1);
        links.removeProvider(NAMING);
        links.addProvider(NAMING, Map.of(ByteLinkProvider.SCHEME, "serial"));
        assertThat(retries).hasValue(1);
    }

    @Test
    void doesNotCallWhoWasForgottenOrFailedForAnotherReason() {
        Runnable retry = retries::incrementAndGet;
        assertThatIOException().isThrownBy(() -> links.open("/dev/ttyS0", LINE, retry));
        links.forget(retry);
        links.addProvider(NAMING, Map.of(ByteLinkProvider.SCHEME, "serial"));
        assertThatIOException().isThrownBy(() -> links.open("/dev/ttyS0", LINE, retry));
        links.addProvider((port, parameters) -> NAMING.open(port, parameters), Map.of());
        assertThat(retries).hasValue(0);
    }

    private void open(String port) throws IOException {
        links.open(port, LINE, retries::incrementAndGet).close();
    }
}
