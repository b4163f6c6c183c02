package org.cobnut.drivers.microdowell;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Session;
import org.cobnut.testkit.DriverPageContract;
import org.cobnut.testkit.TestReport;
import org.cobnut.testkit.serial.SimulatorBench;

class MicrodowellPageTest extends DriverPageContract {
    @Override
    protected String page() {
        return "microdowell";
    }

    @Override
    protected List<Driver> drivers() {
        return List.of(new Microdowell());
    }

    @Override
    protected List<String> names() throws IOException {
        var names = new ArrayList<>(List.of("microdowell"));
        try (Session session = SimulatorBench.open(new Microdowell(), new EnterpriseUnit(12))) {
            names.addAll(new TestReport().poll(session).commands());
        }
        return names;
    }
}
