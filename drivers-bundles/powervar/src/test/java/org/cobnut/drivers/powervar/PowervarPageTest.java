package org.cobnut.drivers.powervar;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Session;
import org.cobnut.testkit.DriverPageContract;
import org.cobnut.testkit.TestReport;
import org.cobnut.testkit.serial.SimulatorBench;

class PowervarPageTest extends DriverPageContract {
    @Override
    protected String page() {
        return "powervar";
    }

    @Override
    protected List<Driver> drivers() {
        return List.of(new PowervarSer(), new PowervarUsb());
    }

    @Override
    protected List<String> names() throws IOException {
        var names = new ArrayList<>(List.of("powervar_cx_ser", "powervar_cx_usb", "shutdown.default"));
        try (Session session = SimulatorBench.open(new PowervarSer(), new PowervarUnit())) {
            TestReport report = new TestReport().poll(session);
            names.addAll(report.commands());
            report.variables().forEach((name, variable) -> {
                if (variable.type().writable()) names.add(name);
            });
        }
        return names;
    }
}
