package org.cobnut.drivers.belkinunv;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Session;
import org.cobnut.testkit.DriverPageContract;
import org.cobnut.testkit.TestReport;
import org.cobnut.testkit.serial.SimulatorBench;

class BelkinUnvPageTest extends DriverPageContract {
    @Override
    protected String page() {
        return "belkinunv";
    }

    @Override
    protected List<Driver> drivers() {
        return List.of(new BelkinUnv());
    }

    @Override
    protected List<String> names() throws IOException {
        var names = new ArrayList<>(List.of("belkinunv"));
        try (Session session = SimulatorBench.open(new BelkinUnv(), new BelkinUnvUnit())) {
            var report = new TestReport().poll(session);
            names.addAll(report.commands());
            report.variables().forEach((name, variable) -> {
                if (variable.type().writable()) names.add(name);
            });
        }
        return names;
    }
}
