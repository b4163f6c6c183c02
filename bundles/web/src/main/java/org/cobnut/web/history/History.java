package org.cobnut.web.history;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.cobnut.web.device.Device;
import org.cobnut.web.device.DeviceRegistry;
import org.cobnut.wire.ErrorText;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.rrd4j.ConsolFun;
import org.rrd4j.DsType;
import org.rrd4j.core.FetchData;
import org.rrd4j.core.RrdDb;
import org.rrd4j.core.RrdDef;
import org.rrd4j.core.RrdException;
import org.rrd4j.core.RrdRandomAccessFileBackendFactory;
import org.rrd4j.core.Sample;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the main values of each device in {@code history/} of the state path: 24 hours by the minute and 30 days by the half
 * hour, in one RRD4J file a device whose size never changes. Devices beyond {@link #DEVICES} have none, and files that
 * nobody has written for 31 days are removed. A disk that is full costs history and nothing else.
 */
@Component(service = History.class, immediate = true)
public final class History implements AutoCloseable {
    static final int DEVICES = 500;
    static final int STEP = 60;

    private static final Logger log = LoggerFactory.getLogger(History.class);
    private static final int DAY_ROWS = 24 * 60;
    private static final int COARSE_STEPS = 30;
    private static final int MONTH_ROWS = 30 * 48;
    private static final int HEARTBEAT = 3 * STEP;
    private static final Duration KEPT = Duration.ofDays(31);
    private static final String ENDING = ".rrd";

    /** The variables that are kept, by the name of their series; a name of RRD4J has 20 characters at most. */
    private static final Map<String, String> KEPT_VARIABLES = Map.of(
            "charge", "battery.charge",
            "runtime", "battery.runtime",
            "load", "ups.load",
            "input", "input.voltage",
            "output", "output.voltage",
            "temperature", "ups.temperature");

    private final Supplier<? extends Collection<Device>> devices;
    private final Path folder;
    private final InstantSource clock;
    private final ScheduledThreadPoolExecutor thread;
    private String fault = "";

    /**
     * Values at equal distances.
     *
     * @param startSeconds when the first was, since 1970
     * @param values by the name of the series; NaN where nothing is known
     */
    public record Series(long startSeconds, long stepSeconds, Map<String, double[]> values) {
        static final Series NONE = new Series(0, STEP, Map.of());
    }

    /** Samples all devices now and each minute. */
    @Activate
    public History(@Reference DeviceRegistry registry, BundleContext context) {
        this(
                () -> registry.all().values(),
                Path.of(Objects.requireNonNullElse(context.getProperty("cobnut.statepath"), "."), "history"),
                InstantSource.system());
        thread.scheduleAtFixedRate(this::sample, 0, STEP, TimeUnit.SECONDS);
    }

    History(Supplier<? extends Collection<Device>> devices, Path folder, InstantSource clock) {
        this.devices = devices;
        this.folder = folder;
        this.clock = clock;
        thread = new ScheduledThreadPoolExecutor(1, task -> {
            var one = new Thread(task, "web-history");
            one.setDaemon(true);
            return one;
        });
    }

    @Deactivate
    @Override
    public void close() {
        thread.shutdownNow();
    }

    /** Writes the values of this moment of all devices whose values are fresh. */
    void sample() {
        try {
            Files.createDirectories(folder);
            removeOld();
            long now = clock.instant().getEpochSecond();
            for (Device device : devices.get()) if (device.fresh()) sample(device, now);
            fault = "";
        } catch (IOException | RuntimeException broken) {
            String why = ErrorText.of(broken);
            if (!why.equals(fault))
                log.warn("History in {} cannot be written: {}; everything else goes on", folder, why);
            fault = why;
        }
    }

    /** What was kept of a device; without values when nothing was. Reads a small file. */
    public synchronized Series read(String ups, boolean month) {
        Path file = file(ups);
        if (!Files.exists(file)) return Series.NONE;
        long step = month ? (long) STEP * COARSE_STEPS : STEP;
        long rows = month ? MONTH_ROWS : DAY_ROWS;
        long end = clock.instant().getEpochSecond() / step * step;
        try (RrdDb db = open(file)) {
            FetchData data = db.createFetchRequest(ConsolFun.AVERAGE, end - step * rows, end, step)
                    .fetchData();
            var values = new LinkedHashMap<String, double[]>();
            for (String series : data.getDsNames()) values.put(series, data.getValues(series));
            return new Series(data.getFirstTimestamp(), data.getStep(), values);
        } catch (IOException | RuntimeException unreadable) {
            log.warn("[{}] history cannot be read: {}", ups, ErrorText.of(unreadable));
            return Series.NONE;
        }
    }

    private synchronized void sample(Device device, long now) throws IOException {
        Path file = file(device.name());
        if (!Files.exists(file)) {
            if (files() >= DEVICES) return;
            create(file, now);
        }
        try (RrdDb db = open(file)) {
            if (now <= db.getLastUpdateTime()) return; // the clock was set back
            Sample sample = db.createSample(now);
            KEPT_VARIABLES.forEach((series, variable) -> sample.setValue(series, number(device, variable)));
            sample.update();
        } catch (RrdException | RuntimeException broken) {
            log.warn(
                    "[{}] {} is damaged: {}; history begins anew",
                    device.name(),
                    file,
                    ErrorText.of(broken)); // cut short when the machine lost its power, as a rule
            Files.deleteIfExists(file);
        }
    }

    private static double number(Device device, String variable) {
        return device.snapshot()
                .value(variable)
                .filter(text -> text.matches("[+-]?\\d{1,12}(\\.\\d{1,9})?"))
                .map(Double::valueOf)
                .orElse(Double.NaN);
    }

    private static RrdDb open(Path file) throws IOException {
        return RrdDb.getBuilder()
                .setPath(file.toString())
                .setBackendFactory(new RrdRandomAccessFileBackendFactory())
                .build();
    }

    private static void create(Path file, long now) throws IOException {
        var def = new RrdDef(file.toString(), now - STEP, STEP);
        KEPT_VARIABLES
                .keySet()
                .forEach(series -> def.addDatasource(series, DsType.GAUGE, HEARTBEAT, Double.NaN, Double.NaN));
        def.addArchive(ConsolFun.AVERAGE, 0.5, 1, DAY_ROWS);
        def.addArchive(ConsolFun.AVERAGE, 0.1, COARSE_STEPS, MONTH_ROWS);
        RrdDb.getBuilder()
                .setRrdDef(def)
                .setBackendFactory(new RrdRandomAccessFileBackendFactory())
                .build()
                .close();
    }

    /** The file of a device; a name never leaves the folder. */
    private Path file(String ups) {
        var name = new StringBuilder();
        for (byte b : ups.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8))
            if ((b >= 'a' && b <= 'z') || (b >= '0' && b <= '9') || b == '-' || b == '_') name.append((char) b);
            else name.append("%%%02x".formatted(b));
        return folder.resolve(name.append(ENDING).toString());
    }

    private long files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.count();
        }
    }

    private void removeOld() throws IOException {
        Instant limit = clock.instant().minus(KEPT);
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file :
                    all.filter(each -> each.toString().endsWith(ENDING)).toList())
                if (Files.getLastModifiedTime(file).toInstant().isBefore(limit)) Files.deleteIfExists(file);
        }
    }
}
