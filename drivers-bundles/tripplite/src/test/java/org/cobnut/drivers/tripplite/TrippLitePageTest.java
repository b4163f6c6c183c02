package org.cobnut.drivers.tripplite;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Session;
import org.cobnut.testkit.DriverPageContract;
import org.cobnut.testkit.TestReport;
import org.cobnut.testkit.serial.SimulatorBench;

class TrippLitePageTest extends DriverPageContract {
    @Override
    protected String page() {
        return "tripplite";
    }

    @Override
    protected List<Driver> drivers() {
        return List.of(new TrippLite(), new TrippLiteUsb());
    }

    @Override
    protected List<String> names() throws IOException {
        var names = new ArrayList<>(List.of(
                "tripplite",
                "tripplite_usb",
                "09ae:0001",
                "ups.id",
                "reset.input.minmax",
                "ups.delay.shutdown",
                "ups.delay.start",
                "ups.delay.reboot"));
        try (Session session = SimulatorBench.open(new TrippLite(), new TrippLiteUnit())) {
            names.addAll(new TestReport().poll(session).commands());
        }
        return names;
    }
}
