package org.cobnut.drivers.upscode2;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Session;
import org.cobnut.testkit.DriverPageContract;
import org.cobnut.testkit.TestReport;
import org.cobnut.testkit.serial.SimulatorBench;

class Upscode2PageTest extends DriverPageContract {
    @Override
    protected String page() {
        return "upscode2";
    }

    @Override
    protected List<Driver> drivers() {
        return List.of(new Upscode2());
    }

    @Override
    protected List<String> names() throws IOException {
        var names = new ArrayList<>(List.of("upscode2", "shutdown.default"));
        try (Session s0 = SimulatorBench.open(new Upscode2(), Upscode2Unit.one())) {
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
