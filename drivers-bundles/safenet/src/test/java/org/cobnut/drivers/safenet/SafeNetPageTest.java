package org.cobnut.drivers.safenet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Session;
import org.cobnut.testkit.DriverPageContract;
import org.cobnut.testkit.TestReport;
import org.cobnut.testkit.serial.SimulatorBench;

class SafeNetPageTest extends DriverPageContract {
    @Override
    protected String page() {
        return "safenet";
    }

    @Override
    protected List<Driver> drivers() {
        return List.of(new SafeNet());
    }

    @Override
    protected List<String> names() throws IOException {
        var names = new ArrayList<>(List.of("safenet", "shutdown.default"));
        try (Session session = SimulatorBench.open(new SafeNet(), new SafeNetUnit())) {
            names.addAll(new TestReport().poll(session).commands());
        }
        return names;
    }
}
