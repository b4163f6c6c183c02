package org.cobnut.drivers.virtual;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Due;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.testkit.TestLinks;
import org.cobnut.testkit.TestReport;
import org.cobnut.testkit.time.ManualClock;

/** A session in time that stands still, on top of the devices of the test. */
final class Play {
    final ManualClock clock = new ManualClock();
    final TestLinks links = new TestLinks(Path.of(""));
    final TestReport report = new TestReport();
    private Session session;

    Play open(BiFunction<TestLinks, ManualClock, Session> opener) {
        session = opener.apply(links, clock);
        return this;
    }

    /** Lines as in ups.conf: {@code key = value}. */
    static Settings settings(Driver driver, String port, String... lines) {
        Map<String, String> values = Arrays.stream(lines)
                .map(line -> line.split(" = ", 2))
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
        return Settings.of("virtual", port, driver.options(), values);
    }

    Session session() {
        return session;
    }

    TestReport poll() {
        try {
            session.poll(report.next(), Due.FULL);
            return report;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    TestReport pollAfter(long seconds) {
        clock.advance(Duration.ofSeconds(seconds));
        return poll();
    }

    String value(String name) {
        return report.value(name).orElse("(none)");
    }

    String status() {
        return String.join(" ", report.status());
    }
}
