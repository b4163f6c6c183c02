package org.cobnut.drivers.powercom;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Session;
import org.cobnut.testkit.DriverPageContract;
import org.cobnut.testkit.TestReport;
import org.cobnut.testkit.serial.SimulatorBench;

class PowercomPageTest extends DriverPageContract {
    @Override
    protected String page() {
        return "powercom";
    }

    @Override
    protected List<Driver> drivers() {
        return List.of(new Powercom());
    }

    @Override
    protected List<String> names() throws IOException {
        var names = new ArrayList<>(List.of("powercom", "shutdown.default"));
        try (Session s0 = SimulatorBench.open(new Powercom(), PowercomUnit.trust())) {
            for (Session session : List.of(s0)) {
                TestReport report = new TestReport().poll(session);
                names.addAll(report.commands());
                report.variables().forEach((name, variable) -> {
                    if (variable.type().writable()) names.add(name);
                });
            }
        }
        return names;
    }
}
