package org.cobnut.drivers.bcmxcp;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Session;
import org.cobnut.testkit.DriverPageContract;
import org.cobnut.testkit.TestReport;
import org.cobnut.testkit.serial.SimulatorBench;

class BcmxcpPageTest extends DriverPageContract {
    @Override
    protected String page() {
        return "bcmxcp";
    }

    @Override
    protected List<Driver> drivers() {
        return List.of(new Bcmxcp());
    }

    @Override
    protected List<String> names() throws IOException {
        var names = new ArrayList<>(List.of("bcmxcp", "bcmxcp_usb", "shutdown.default"));
        try (Session session = SimulatorBench.open(new Bcmxcp(), new XcpUnit())) {
            TestReport report = new TestReport().poll(session);
            names.addAll(report.commands());
            report.variables().forEach((name, variable) -> {
                if (variable.type().writable()) names.add(name);
            });
        }
        names.replaceAll(name -> name.replaceFirst("^outlet\\.\\d", "outlet.N"));
        return names;
    }
}
