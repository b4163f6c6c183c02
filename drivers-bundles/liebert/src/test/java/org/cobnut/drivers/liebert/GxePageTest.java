package org.cobnut.drivers.liebert;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Session;
import org.cobnut.testkit.DriverPageContract;
import org.cobnut.testkit.TestReport;
import org.cobnut.testkit.serial.SimulatorBench;

class GxePageTest extends DriverPageContract {
    @Override
    protected String page() {
        return "liebert-gxe";
    }

    @Override
    protected List<Driver> drivers() {
        return List.of(new LiebertGxe());
    }

    @Override
    protected List<String> names() throws IOException {
        var names = new ArrayList<>(List.of("liebert-gxe", "shutdown.default"));
        try (Session session = SimulatorBench.open(new LiebertGxe(), new GxeUnit())) {
            names.addAll(new TestReport().poll(session).commands());
        }
        return names;
    }
}
