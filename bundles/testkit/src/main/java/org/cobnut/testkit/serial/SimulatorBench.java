package org.cobnut.testkit.serial;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.Link;
import org.cobnut.link.LinkParameters;
import org.cobnut.link.LinkProvider;
import org.cobnut.link.SerialLink;
import org.cobnut.testkit.TestLinks;
import org.cobnut.testkit.TestRequest;

/** Opens a driver on a simulated device, as the runtime does. */
public final class SimulatorBench {
    /** The port of a device in memory. */
    public static final String PORT = "/dev/ttyS0";

    private SimulatorBench() {}

    /**
     * A section of ups.conf.
     *
     * @param lines such as "pollfreq = 10", or a flag alone
     */
    public static Settings settings(Driver driver, String... lines) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String line : lines) {
            String[] parts = line.split("=", 2);
            values.put(parts[0].strip(), parts.length > 1 ? parts[1].strip() : "");
        }
        List<String> faults = driver.options().faults(values);
        if (!faults.isEmpty()) throw new IllegalArgumentException(String.join("; ", faults));
        return Settings.of("u", PORT, driver.options(), values);
    }

    /** A driver on a device in memory. */
    public static Session open(Driver driver, SerialSimulator device, String... lines) throws IOException {
        return driver.open(settings(driver, lines), links(parameters -> new SimulatedLine(device, parameters)));
    }

    /**
     * A driver on a pseudo-terminal.
     *
     * @param serial offers serial lines; cobnut.link.serial's does
     */
    public static Session open(Driver driver, PtyLine line, LinkProvider serial, String... lines) throws IOException {
        return driver.open(settings(driver, lines), links(parameters -> {
            try {
                return TestRequest.of(SerialLink.class, line.port(), parameters).open(serial);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }));
    }

    /** Links whose one port is this. */
    public static TestLinks links(Function<LinkParameters, Link> open) {
        return new TestLinks(Path.of("/nonexistent")).opening(PORT, open);
    }
}
