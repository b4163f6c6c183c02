package org.cobnut.drivers.utalk;

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
        return "mge-utalk";
    }

    @Override
    protected List<Driver> drivers() {
        return List.of(new MgeUtalk());
    }

    @Override
    protected List<String> names() throws IOException {
        var names = new ArrayList<>(List.of("mge-utalk"));
        var report = new TestReport().poll(SimulatorBench.open(new MgeUtalk(), new Pulsar()));
        names.addAll(report.commands());
        report.variables().values().stream()
                .filter(variable -> variable.type().writable())
                .forEach(variable -> names.add(variable.name()));
        return names;
    }
}
