package org.cobnut.drivers.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Options;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.Link;
import org.cobnut.link.LinkProvider;
import org.cobnut.link.Links;
import org.cobnut.link.record.LinkRecorder;
import org.cobnut.link.record.Transcript;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** replay: runs the driver that a transcript was recorded with, and answers it as the transcript says. */
@Component(property = {Driver.NAME + "=" + Replay.DRIVER, Driver.VERSION + "=0.1"})
public final class Replay implements Driver {
    static final String DRIVER = "replay";
    private static final Options NONE = Options.of();

    private final Map<Driver, Map<String, ?>> drivers = new ConcurrentHashMap<>();
    private final Map<LinkRecorder, Map<String, ?>> recorders = new ConcurrentHashMap<>();

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            target = "(!(" + Driver.NAME + "=" + DRIVER + "))")
    void addDriver(Driver driver, Map<String, ?> properties) {
        drivers.put(driver, properties);
    }

    void removeDriver(Driver driver) {
        drivers.remove(driver);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addRecorder(LinkRecorder recorder, Map<String, ?> properties) {
        recorders.put(recorder, properties);
    }

    void removeRecorder(LinkRecorder recorder) {
        recorders.remove(recorder);
    }

    @Override
    public Options options() {
        return NONE;
    }

    @Override
    public Session open(Settings settings, Links links) throws IOException {
        Path file = links.file(settings.port());
        Transcript transcript = Transcript.read(file);
        if (transcript.driver().isEmpty())
            throw new IOException(file + " has no line 'driver', so it is not known which driver to run");
        Driver driver = find(drivers, Driver.NAME, transcript.driver())
                .orElseThrow(() -> new IOException(file + " was recorded with the driver " + transcript.driver()
                        + ", which no bundle offers here"));
        Options options = driver.options();
        List<String> faults = options.faults(transcript.options());
        if (!faults.isEmpty()) throw new IllegalArgumentException(file + ": " + String.join("; ", faults));
        Session session = driver.open(
                Settings.of(settings.ups(), transcript.port(), options, transcript.options()),
                new ReplayLinks(links, transcript, this::recorder));
        return new ReplaySession(session, transcript.driver(), () -> find(drivers, Driver.NAME, transcript.driver())
                .filter(driver::equals)
                .isPresent());
    }

    private LinkRecorder recorder(Class<? extends Link> kind) throws IOException {
        return find(recorders, LinkProvider.KIND, kind.getName())
                .orElseThrow(() -> new IOException("no bundle can replay links of the kind " + kind.getName()));
    }

    /** Of several of that name the one that the framework ranks highest. */
    private static <T> Optional<T> find(Map<T, Map<String, ?>> all, String property, String name) {
        return all.entrySet().stream()
                .filter(entry -> several(entry.getValue().get(property)).contains(name))
                .max(Comparator.<Map.Entry<T, Map<String, ?>>>comparingLong(
                                entry -> number(entry.getValue(), Constants.SERVICE_RANKING))
                        .thenComparing(
                                entry -> number(entry.getValue(), Constants.SERVICE_ID), Comparator.reverseOrder()))
                .map(Map.Entry::getKey);
    }

    private static long number(Map<String, ?> properties, String name) {
        return properties.get(name) instanceof Number number ? number.longValue() : 0;
    }

    private static Collection<?> several(@Nullable Object property) {
        if (property instanceof Object[] names) return Arrays.asList(names);
        return property == null ? List.of() : List.of(property);
    }
}
