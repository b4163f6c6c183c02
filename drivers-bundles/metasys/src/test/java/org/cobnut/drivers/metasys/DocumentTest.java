package org.cobnut.drivers.metasys;

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
        return "metasys";
    }

    @Override
    protected List<Driver> drivers() {
        return List.of(new Metasys());
    }

    @Override
    protected List<String> names() throws IOException {
        var names = new ArrayList<>(List.of("metasys"));
        names.addAll(new TestReport()
                .poll(SimulatorBench.open(new Metasys(), new MetaSystemUps()))
                .commands());
        return names;
    }
}
