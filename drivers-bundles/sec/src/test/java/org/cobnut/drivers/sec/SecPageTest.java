package org.cobnut.drivers.sec;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Session;
import org.cobnut.testkit.DriverPageContract;
import org.cobnut.testkit.TestReport;
import org.cobnut.testkit.serial.SimulatorBench;

class SecPageTest extends DriverPageContract {
    @Override
    protected String page() {
        return "sec";
    }

    @Override
    protected List<Driver> drivers() {
        return List.of(new Gamatronic(), new TrippLiteSu(), new Belkin());
    }

    @Override
    protected List<String> names() throws IOException {
        var names = new ArrayList<>(List.of("gamatronic", "tripplitesu", "belkin"));
        try (Session gamatronic = SimulatorBench.open(new Gamatronic(), SecUnit.gamatronic());
                Session trippLite = SimulatorBench.open(new TrippLiteSu(), SecUnit.trippLite());
                Session belkin = SimulatorBench.open(new Belkin(), SecUnit.belkin())) {
            for (Session session : List.of(gamatronic, trippLite, belkin)) {
                var report = new TestReport().poll(session);
                names.addAll(report.commands());
                report.variables().forEach((name, variable) -> {
                    if (variable.type().writable()) names.add(name);
                });
            }
        }
        return names;
    }
}
