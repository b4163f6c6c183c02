package org.cobnut.drivers.apcsmart.microlink;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Session;
import org.cobnut.testkit.DriverPageContract;
import org.cobnut.testkit.TestReport;
import org.cobnut.testkit.serial.SimulatorBench;

class MicrolinkPageTest extends DriverPageContract {
    @Override
    protected String page() {
        return "apcmicrolink";
    }

    @Override
    protected List<Driver> drivers() {
        return List.of(new ApcMicrolink());
    }

    @Override
    protected List<String> names() throws IOException {
        var names = new ArrayList<>(List.of("apcmicrolink", "shutdown.default", "bypass.start", "bypass.stop"));
        try (Session session = SimulatorBench.open(new ApcMicrolink(), new MicrolinkUnit())) {
            for (String command : new TestReport().poll(session).commands())
                names.add(command.replaceAll("outlet.group.\\d.", ""));
        }
        return names;
    }
}
