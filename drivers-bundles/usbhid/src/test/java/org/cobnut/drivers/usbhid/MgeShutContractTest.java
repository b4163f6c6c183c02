package org.cobnut.drivers.usbhid;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Settings;
import org.cobnut.drivers.usbhid.shut.ShutUps;
import org.cobnut.link.SerialParameters;
import org.cobnut.testkit.DriverContract;
import org.cobnut.testkit.TestLinks;
import org.cobnut.testkit.serial.SimulatedLine;

class MgeShutContractTest extends DriverContract {
    @Override
    protected Driver driver() {
        return new MgeShut();
    }

    @Override
    protected Settings settings(Path folder) {
        return Bench.settings(driver(), "notification = 1");
    }

    @Override
    protected TestLinks links(Path folder) {
        try {
            var ups = new ShutUps(
                    TestUps.descriptor("mge-0463-ffff-santak-tg-box-850"),
                    TestUps.santak().features(),
                    Map.of(1, "SANTAK", 2, "TG-BOX 850"));
            return new TestLinks(folder).with("auto", new SimulatedLine(ups, SerialParameters.at(2400)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
