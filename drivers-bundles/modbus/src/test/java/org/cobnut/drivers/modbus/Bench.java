package org.cobnut.drivers.modbus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.LinkProvider;
import org.cobnut.link.SerialParameters;
import org.cobnut.link.modbus.ModbusLink;
import org.cobnut.link.modbus.internal.ModbusLinks;
import org.cobnut.testkit.TestLinks;
import org.cobnut.testkit.TestReport;
import org.cobnut.testkit.TestRequest;
import org.cobnut.testkit.modbus.ModbusRtuSimulator;
import org.cobnut.testkit.modbus.ModbusSlave;
import org.cobnut.testkit.serial.SimulatedLine;

/** A driver and a slave on a line in memory. */
final class Bench {
    static final String PORT = "/dev/ttyS0";

    private final ModbusSlave slave;
    private final ModbusRtuSimulator line;
    private final TestReport report = new TestReport();
    private final Session session;

    Bench(Devices device, String... options) throws IOException {
        this.slave = device.slave();
        this.line = new ModbusRtuSimulator(slave, device.unit(), device.speed());
        this.session = device.driver()
                .open(settings(device.driver(), all(device.options(), options)), links(Path.of("."), line));
    }

    ModbusSlave slave() {
        return slave;
    }

    ModbusRtuSimulator line() {
        return line;
    }

    Session session() {
        return session;
    }

    TestReport poll() throws IOException {
        return report.poll(session);
    }

    static String[] all(String[] one, String[] other) {
        var all = java.util.Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, all, one.length, other.length);
        return all;
    }

    static Settings settings(Driver driver, String... lines) {
        var values = new HashMap<String, String>();
        for (String line : lines) {
            String[] parts = line.split(" *= *", 2);
            values.put(parts[0], parts.length > 1 ? parts[1] : "");
        }
        return Settings.of("u", PORT, driver.options(), values);
    }

    /** The slave as a real link opens it over a line in memory. */
    static TestLinks links(Path folder, ModbusRtuSimulator line) {
        var provider = new ModbusLinks();
        LinkProvider bytes = request -> new SimulatedLine(
                line, request.parameters(SerialParameters.class).orElseThrow());
        provider.addCarrier(bytes, Map.of(LinkProvider.SCHEME, LinkProvider.ANY));
        return new TestLinks(folder).opening(PORT, parameters -> {
            try {
                return TestRequest.of(ModbusLink.class, PORT, parameters).open(provider);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
