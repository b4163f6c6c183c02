package org.cobnut.drivers.optiups;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Session;
import org.cobnut.testkit.DriverPageContract;
import org.cobnut.testkit.TestReport;
import org.cobnut.testkit.serial.SimulatorBench;

class OptiUpsPageTest extends DriverPageContract {
    @Override
    protected String page() {
        return "optiups";
    }

    @Override
    protected List<Driver> drivers() {
        return List.of(new OptiUps());
    }

    @Override
    protected List<String> names() throws IOException {
        var names = new ArrayList<>(List.of("optiups", "outlet.1.switch", "shutdown.default"));
        try (Session session = SimulatorBench.open(new OptiUps(), OptiUnit.opti())) {
            names.addAll(new TestReport().poll(session).commands());
        }
        return names;
    }
}
