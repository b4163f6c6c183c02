package org.cobnut.drivers.apcsmart;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.cobnut.driver.Driver;
import org.cobnut.testkit.DriverPageContract;
import org.cobnut.testkit.TestReport;
import org.cobnut.testkit.serial.SimulatorBench;

class DocumentTest extends DriverPageContract {
    @Override
    protected String page() {
        return "apcsmart";
    }

    @Override
    protected List<Driver> drivers() {
        return List.of(new ApcSmart(), new ApcSmartOld());
    }

    @Override
    protected List<String> names() throws IOException {
        var report = new TestReport().poll(SimulatorBench.open(new ApcSmartOld(), new SmartUps().knowing('^')));
        return Stream.concat(Stream.of("apcsmart", "apcsmart-old"), report.commands().stream())
                .toList();
    }
}
