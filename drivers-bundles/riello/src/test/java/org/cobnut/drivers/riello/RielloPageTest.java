package org.cobnut.drivers.riello;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.cobnut.driver.Driver;
import org.cobnut.testkit.DriverPageContract;
import org.cobnut.testkit.TestReport;
import org.cobnut.testkit.serial.SimulatorBench;

class RielloPageTest extends DriverPageContract {
    @Override
    protected String page() {
        return "riello";
    }

    @Override
    protected List<Driver> drivers() {
        return List.of(new RielloSer(), new RielloUsb());
    }

    @Override
    protected List<String> names() throws IOException {
        var names = new ArrayList<>(
                List.of("riello_ser", "riello_usb", "04b4:5500", "ups.delay.shutdown", "ups.delay.reboot"));
        try (var session = SimulatorBench.open(new RielloSer(), new RielloUnit.Gpser(true))) {
            names.addAll(new TestReport().poll(session).commands());
        }
        return names;
    }
}
