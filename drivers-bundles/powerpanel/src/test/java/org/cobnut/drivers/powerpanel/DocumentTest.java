package org.cobnut.drivers.powerpanel;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.cobnut.driver.Driver;
import org.cobnut.testkit.DriverPageContract;
import org.cobnut.testkit.TestReport;
import org.cobnut.testkit.serial.SimulatorBench;

class DocumentTest extends DriverPageContract {
    @Override
    protected String page() {
        return "powerpanel";
    }

    @Override
    protected List<Driver> drivers() {
        return List.of(new PowerPanel(), new NutdrvHashx());
    }

    @Override
    protected List<String> names() throws IOException {
        var names = new ArrayList<>(List.of("powerpanel", "nutdrv_hashx", "text", "binary"));
        for (var ups : List.of(new TextUps(), BinaryUps.op())) {
            var report = new TestReport().poll(SimulatorBench.open(new PowerPanel(), ups));
            names.addAll(report.commands());
            report.variables().values().stream()
                    .filter(variable -> variable.type().writable())
                    .forEach(variable -> names.add(variable.name()));
        }
        names.addAll(new TestReport()
                .poll(SimulatorBench.open(new NutdrvHashx(), new HashUps()))
                .commands());
        return names;
    }
}
