package org.cobnut.drivers.best;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Session;
import org.cobnut.testkit.DriverPageContract;
import org.cobnut.testkit.TestReport;
import org.cobnut.testkit.serial.SimulatorBench;

class BestPageTest extends DriverPageContract {
    @Override
    protected String page() {
        return "best";
    }

    @Override
    protected List<Driver> drivers() {
        return List.of(new BestFcom(), new BestUferrups(), new BestFortress());
    }

    @Override
    protected List<String> names() throws IOException {
        var names = new ArrayList<>(List.of("bestfcom", "bestuferrups", "bestfortress", "shutdown.default"));
        try (Session s0 = SimulatorBench.open(new BestFcom(), BestUnit.fortress2());
                Session s1 = SimulatorBench.open(new BestUferrups(), BestUnit.micro());
                Session s2 = SimulatorBench.open(new BestFortress(), BestUnit.fortress())) {
            for (Session session : List.of(s0, s1, s2)) {
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
