package org.cobnut.table.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.cobnut.table.TableSession;
import org.cobnut.table.grammar.Kinds;
import org.cobnut.table.mapping.MappedSession;
import org.cobnut.table.mapping.MappedSession.Opened;
import org.cobnut.table.mapping.Mapping;
import org.cobnut.table.mapping.MappingSet;
import org.cobnut.testkit.TestReport;
import org.junit.jupiter.api.Test;

/** Mapping files, good and bad, come, change and go while devices are polled: only those that use them notice. */
class RandomMappingsTest {
    private static final int FILES = Boolean.getBoolean("cobnut.long") ? 50_000 : 1_000;
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(1);
    private static final List<String> LINES = List.of(
            "var ups.load 1.3",
            "var ups.load 1.3 round 1",
            "var battery.voltage 1.2 times 0.5",
            "status 1.1 1=OL 2=OB",
            "flag OL | OB 1.1",
            "extends steady",
            "extends moving",
            "extends none",
            "match sysobjectid 1.9",
            "for i 1 to 3",
            "for i 1 to outlet.count most 4",
            "when ups.load = 7",
            "end",
            "var outlet.{i}.desc 1.5.{i} else none",
            "command load.off 1.4 {argument:1}",
            "set battery.charge.low 1.6 range 10 95",
            "lookup x 1=a 2=b",
            "var ups.load 1.3 lookup x",
            "drop ups.load",
            "keep ups.delay.start 30 range 0 600",
            "var ups.load",
            "var \"ups.load",
            "nonsense 1 2 3");

    private final Random random = new Random(15);
    private final EditedStore store = new EditedStore();
    private final MappingSet<String> set = store.open(Kinds.OID);
    private final Map<String, byte[]> files = new TreeMap<>();
    private final AtomicInteger failures = new AtomicInteger();

    @Test
    void noDeviceIsLostOrOpenedAnewThatDoesNotUseThem() throws Exception {
        put("steady.map", "mapping steady 1 oid\nstatus 1.1 1=OL\nvar ups.load 1.3\n");
        put("moving.map", "mapping moving 1 oid\nstatus 1.1 1=OL\nvar ups.load 1.3\n");
        var over = new AtomicBoolean();
        var devices = new ArrayList<Device>();
        for (String mapping : List.of("steady", "steady", "moving", "moving")) devices.add(new Device(mapping));
        var threads = devices.stream()
                .map(device -> new Thread(() -> {
                    while (!over.get()) {
                        device.poll();
                        LockSupport.parkNanos(PAUSE);
                    }
                }))
                .toList();
        threads.forEach(Thread::start);
        int good = 0;
        try {
            for (int i = 0; i < FILES; i++) {
                edit(i);
                good += set.all().size() > 2 ? 1 : 0;
            }
        } finally {
            over.set(true);
            for (Thread thread : threads) thread.join(TimeUnit.SECONDS.toMillis(10));
        }
        assertThat(failures).hasValue(0);
        assertThat(good).as("some of them are good").isBetween(FILES / 20, FILES);
        assertThat(store.log()).as("some of them are bad").hasSizeGreaterThan(FILES / 20);
        assertThat(devices)
                .allSatisfy(device -> assertThat(device.report.values()).containsKey("ups.load"));
        assertThat(devices.subList(0, 2))
                .extracting(device -> device.opened.get())
                .containsOnly(1);
        assertThat(devices.subList(2, 4))
                .allSatisfy(device -> assertThat(device.opened.get()).isGreaterThan(1));
        files.keySet().removeIf(file -> file.startsWith("random"));
        store.replace(files);
        assertThat(set.all()).extracting(Mapping::name).containsExactlyInAnyOrder("steady", "moving");
    }

    private void put(String file, String text) {
        files.put(file, text.getBytes(StandardCharsets.ISO_8859_1));
        store.replace(files);
    }

    private void edit(int i) {
        if (i % 50 == 0)
            put(
                    "moving.map",
                    "mapping moving " + i + " oid\nstatus 1.1 1=OL\nvar ups.load 1.3\nvar ups.id 1." + i + "\n");
        List<String> old = files.keySet().stream()
                .filter(file -> file.startsWith("random"))
                .toList();
        if (old.size() > 20 || (!old.isEmpty() && random.nextInt(3) == 0))
            files.remove(old.get(random.nextInt(old.size())));
        put("random" + random.nextInt(40) + ".map", text());
    }

    private String text() {
        var text = new StringBuilder();
        if (random.nextInt(20) > 0)
            text.append("mapping ")
                    .append(name())
                    .append(' ')
                    .append(random.nextInt(9))
                    .append(" oid\n");
        Set<String> used = new HashSet<>();
        for (int i = random.nextInt(6); i >= 0; i--) {
            String line = LINES.get(random.nextInt(random.nextInt(3) == 0 ? LINES.size() : 5));
            if (used.add(line)) text.append(line).append('\n');
        }
        return text.toString();
    }

    private String name() {
        return "r" + random.nextInt(40);
    }

    /** A device that names its mapping. */
    private final class Device {
        private final TestReport report = new TestReport();
        private final MappedSession session;
        private final AtomicInteger opened = new AtomicInteger();

        Device(String mapping) throws IOException {
            session = new MappedSession(mapping, set, () -> {}, () -> open(mapping));
        }

        private Opened open(String name) {
            opened.incrementAndGet();
            Mapping<String> mapping = set.named(name).orElseThrow();
            var wire = new Kinds.Memory<String>();
            wire.values.putAll(Map.of("1.1", "1", "1.2", "54", "1.3", "7"));
            var table = new TableSession<>(wire, mapping.table());
            return new Opened(table, Optional.of(mapping), true, table::origins);
        }

        void poll() {
            try {
                report.poll(session);
                if (!report.status().equals(List.of("OL"))
                        || !"7".equals(report.values().get("ups.load"))) failures.incrementAndGet();
            } catch (IOException | RuntimeException e) {
                failures.incrementAndGet();
            }
        }
    }
}
