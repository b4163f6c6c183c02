package org.cobnut.drivers.victron;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Session;
import org.cobnut.testkit.DriverPageContract;
import org.cobnut.testkit.TestReport;
import org.cobnut.testkit.serial.SimulatorBench;

class VictronPageTest extends DriverPageContract {
    @Override
    protected String page() {
        return "victron";
    }

    @Override
    protected List<Driver> drivers() {
        return List.of(new VictronUps(), new VeDirect());
    }

    @Override
    protected List<String> names() throws IOException {
        var names = new ArrayList<>(List.of("victronups", "ve-direct"));
        try (Session match = SimulatorBench.open(new VictronUps(), new VictronUnit());
                Session monitor = SimulatorBench.open(new VeDirect(), VeUnit.monitor())) {
            names.addAll(new TestReport().poll(match).commands());
            names.addAll(new TestReport().poll(monitor).commands());
        }
        return names;
    }
}
