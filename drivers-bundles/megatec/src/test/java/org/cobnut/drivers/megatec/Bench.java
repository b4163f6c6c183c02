package org.cobnut.drivers.megatec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Due;
import org.cobnut.driver.Options;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.ByteLink;
import org.cobnut.link.Link;
import org.cobnut.link.LinkParameters;
import org.cobnut.link.Links;
import org.cobnut.testkit.TestReport;

/** Opens a driver as the runtime does, on one link. */
final class Bench {
    private Bench() {}

    /** A session of nutdrv_qx; {@code lines} as in ups.conf. */
    static Session qx(ByteLink link, String... lines) throws IOException {
        return open(new NutdrvQx(), link, lines);
    }

    static Session open(Driver driver, ByteLink link, String... lines) throws IOException {
        return driver.open(settings(driver, lines), links(link));
    }

    static TestReport poll(Session session) throws IOException {
        var report = new TestReport();
        session.poll(report, Due.FULL);
        return report;
    }

    static Settings settings(Driver driver, String... lines) {
        return settings("/dev/ttyS0", driver, lines);
    }

    static Settings settings(String port, Driver driver, String... lines) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String line : lines) {
            String[] parts = line.split("=", 2);
            values.put(parts[0].strip(), parts.length > 1 ? parts[1].strip() : "");
        }
        if (!driver.options().faults(values).isEmpty())
            throw new IllegalArgumentException(
                    String.join("; ", driver.options().faults(values)));
        return Settings.of("u", port, driver.options(), values);
    }

    /** The same driver, but every port it opens is a UPS of that dialect. */
    static Driver on(Driver driver, String dialect) {
        return new Driver() {
            @Override
            public Options options() {
                return driver.options();
            }

            @Override
            public Session open(Settings settings, Links links) throws IOException {
                return driver.open(settings, links(PtyUps.transcript(dialect)));
            }
        };
    }

    static Links links(ByteLink link) {
        return links(() -> link, () -> {
            throw new AssertionError("nobody wakes");
        });
    }

    static Links links(Supplier<ByteLink> link, Runnable wake) {
        return new Links() {
            @Override
            public <L extends Link> L open(Class<L> kind, String port, LinkParameters parameters) {
                return kind.cast(link.get());
            }

            @Override
            public Path file(String name) {
                throw new AssertionError("no file is read");
            }

            @Override
            public void wake() {
                wake.run();
            }
        };
    }
}
