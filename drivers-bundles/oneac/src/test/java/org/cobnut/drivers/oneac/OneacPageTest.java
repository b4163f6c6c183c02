package org.cobnut.drivers.oneac;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Session;
import org.cobnut.testkit.DriverPageContract;
import org.cobnut.testkit.TestReport;
import org.cobnut.testkit.serial.SimulatorBench;

class OneacPageTest extends DriverPageContract {
    @Override
    protected String page() {
        return "oneac";
    }

    @Override
    protected List<Driver> drivers() {
        return List.of(new Oneac());
    }

    @Override
    protected List<String> names() throws IOException {
        var names = new ArrayList<>(List.of("oneac", "shutdown.default"));
        try (Session s0 = SimulatorBench.open(new Oneac(), OneacUnit.oz());
                Session s1 = SimulatorBench.open(new Oneac(), OneacUnit.eg())) {
            for (Session session : List.of(s0, s1)) {
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
