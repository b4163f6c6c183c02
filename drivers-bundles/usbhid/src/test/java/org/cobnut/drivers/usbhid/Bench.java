package org.cobnut.drivers.usbhid;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.testkit.TestLinks;
import org.cobnut.testkit.TestReport;

/** Opens devices of tests as the runtime does. */
final class Bench {
    private Bench() {}

    /** A section of ups.conf: its lines, {@code key = value} or {@code key}. */
    static Settings settings(Driver driver, String... lines) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String line : lines) {
            String[] parts = line.split("=", 2);
            values.put(parts[0].strip(), parts.length == 2 ? parts[1].strip() : "");
        }
        return Settings.of("ups", "auto", driver.options(), values);
    }

    static Session open(TestUps ups, String... lines) throws IOException {
        var driver = new UsbhidUps();
        return driver.open(
                settings(driver, lines), new TestLinks(Path.of("")).opening("auto", parameters -> ups.link()));
    }

    static TestReport poll(TestUps ups, String... lines) throws IOException {
        var report = new TestReport();
        try (Session session = open(ups, lines)) {
            report.poll(session);
        }
        return report;
    }
}
