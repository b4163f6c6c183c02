package org.cobnut.drivers.industrial;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Session;
import org.cobnut.testkit.DriverPageContract;
import org.cobnut.testkit.TestReport;
import org.cobnut.testkit.serial.SimulatorBench;

class IndustrialPageTest extends DriverPageContract {
    @Override
    protected String page() {
        return "industrial";
    }

    @Override
    protected List<Driver> drivers() {
        return List.of(new MeanwellNtu(), new Al175(), new Sitop(), new SitopOldName());
    }

    @Override
    protected List<String> names() throws IOException {
        var names = new ArrayList<>(List.of("meanwell_ntu", "al175", "nutdrv_siemens_sitop", "nutdrv_siemens-sitop"));
        names.add("shutdown.default");
        try (Session s0 = SimulatorBench.open(new MeanwellNtu(), new MeanwellUnit());
                Session s1 = SimulatorBench.open(new Al175(), new Al175Unit());
                Session s2 = SimulatorBench.open(new SitopOldName(), new SitopUnit())) {
            for (Session session : List.of(s0, s1, s2))
                names.addAll(new TestReport().poll(session).commands());
        }
        return names;
    }
}
