package org.cobnut.testkit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.cobnut.device.DeviceService;
import org.cobnut.link.Link;
import org.cobnut.link.LinkParameters;
import org.cobnut.link.Links;

/** Links for one session under test: files below a folder, links and devices of the test, and a count of the polls that were asked for. */
public final class TestLinks implements Links {
    private final Path folder;
    private final Map<String, DeviceService> devices = new ConcurrentHashMap<>();
    private final Map<String, Function<LinkParameters, Link>> links = new ConcurrentHashMap<>();
    private final AtomicInteger wakes = new AtomicInteger();

    public TestLinks(Path folder) {
        this.folder = folder;
    }

    @Override
    public Path file(String name) {
        return folder.resolve(name);
    }

    /** A device that the session may find by this port. */
    public TestLinks with(String port, DeviceService device) {
        devices.put(port, device);
        return this;
    }

    /** There is no such device any more. */
    public void without(String port) {
        devices.remove(port);
    }

    /** A link that the session may open by this port; the test closes it. */
    public TestLinks with(String port, Link link) {
        return opening(port, parameters -> link);
    }

    /** A link that is made anew each time that the session opens this port. */
    public TestLinks opening(String port, Function<LinkParameters, Link> open) {
        links.put(port, open);
        return this;
    }

    @Override
    public <L extends Link> L open(Class<L> kind, String port, LinkParameters parameters) throws IOException {
        Function<LinkParameters, Link> open = links.get(port);
        Link link = open == null ? null : open.apply(parameters);
        if (!kind.isInstance(link)) throw new IOException("there is no " + kind.getSimpleName() + " for port " + port);
        return kind.cast(link);
    }

    @Override
    public Optional<DeviceService> device(String port) {
        return Optional.ofNullable(devices.get(port));
    }

    @Override
    public void wake() {
        wakes.incrementAndGet();
    }

    /** How often the session asked for a poll. */
    public int wakes() {
        return wakes.get();
    }
}
