package org.cobnut.testkit;

import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.cobnut.link.Link;
import org.cobnut.link.LinkParameters;
import org.cobnut.link.LinkProvider;
import org.cobnut.link.LinkRequest;

/** Asks a provider for a link, as the runtime does for a session named "test". */
public final class TestRequest<L extends Link> implements LinkRequest {
    private final Class<L> kind;
    private final String port;
    private final LinkParameters parameters;
    private final Set<String> taken = new HashSet<>();
    private final AtomicInteger wakes = new AtomicInteger();
    private final AtomicInteger retries = new AtomicInteger();
    private boolean shared;

    private TestRequest(Class<L> kind, String port, LinkParameters parameters) {
        this.kind = kind;
        this.port = port;
        this.parameters = parameters;
    }

    public static <L extends Link> TestRequest<L> of(Class<L> kind, String port) {
        return of(kind, port, LinkParameters.NONE);
    }

    public static <L extends Link> TestRequest<L> of(Class<L> kind, String port, LinkParameters parameters) {
        return new TestRequest<>(kind, port, parameters);
    }

    /** As a section with {@code nolock} asks. */
    public TestRequest<L> sharing() {
        shared = true;
        return this;
    }

    /** As if another session had this device. */
    public TestRequest<L> without(String device) {
        taken.add(device);
        return this;
    }

    /** Opens it. Whoever asked closes it. */
    public L open(LinkProvider provider) throws IOException {
        return kind.cast(provider.open(this));
    }

    /** How often the provider said that the device has come. */
    public int retries() {
        return retries.get();
    }

    /** How often the link asked for a poll. */
    public int wakes() {
        return wakes.get();
    }

    @Override
    public Class<L> kind() {
        return kind;
    }

    @Override
    public String ups() {
        return "test";
    }

    @Override
    public String port() {
        return port;
    }

    @Override
    public <P extends LinkParameters> Optional<P> parameters(Class<P> type) {
        return type.isInstance(parameters) ? Optional.of(type.cast(parameters)) : Optional.empty();
    }

    @Override
    public boolean shared() {
        return shared;
    }

    @Override
    public boolean lease(String device) {
        return !taken.contains(device);
    }

    @Override
    public void retry() {
        retries.incrementAndGet();
    }

    @Override
    public void wake() {
        wakes.incrementAndGet();
    }
}
