package org.cobnut.drivers.bicker;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Session;
import org.cobnut.testkit.DriverPageContract;
import org.cobnut.testkit.TestReport;
import org.cobnut.testkit.serial.SimulatorBench;

class BickerPageTest extends DriverPageContract {
    @Override
    protected String page() {
        return "bicker_ser";
    }

    @Override
    protected List<Driver> drivers() {
        return List.of(new BickerSer());
    }

    @Override
    protected List<String> names() throws IOException {
        var names = new ArrayList<>(List.of("bicker_ser"));
        try (Session session = SimulatorBench.open(new BickerSer(), new BickerUnit())) {
            TestReport report = new TestReport().poll(session);
            names.addAll(report.commands());
            report.variables().forEach((name, variable) -> {
                if (variable.type().writable()) names.add(name);
            });
        }
        return names;
    }
}
