package org.cobnut.drivers.microsol;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Session;
import org.cobnut.testkit.DriverPageContract;
import org.cobnut.testkit.TestReport;
import org.cobnut.testkit.serial.SimulatorBench;

class MicrosolPageTest extends DriverPageContract {
    @Override
    protected String page() {
        return "microsol";
    }

    @Override
    protected List<Driver> drivers() {
        return List.of(new Solis(), new MicrosolApc(), new Rhino());
    }

    @Override
    protected List<String> names() throws IOException {
        var names = new ArrayList<>(List.of("solis", "microsol-apc", "rhino", "shutdown.default"));
        try (Session s0 = SimulatorBench.open(new Solis(), MicrosolUnit.solis(0xAD));
                Session s1 = SimulatorBench.open(new MicrosolApc(), MicrosolUnit.apc(190));
                Session s2 = SimulatorBench.open(new Rhino(), MicrosolUnit.rhino())) {
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
