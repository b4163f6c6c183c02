package org.cobnut.drivers.riello;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Settings;
import org.cobnut.testkit.DriverContract;
import org.cobnut.testkit.TestLinks;

class RielloUsbContractTest extends DriverContract {
    @Override
    protected Driver driver() {
        return new RielloUsb(Duration.ofMillis(400));
    }

    @Override
    protected Settings settings(Path folder) {
        return Settings.of("u", "auto", driver().options(), Map.of());
    }

    @Override
    protected TestLinks links(Path folder) {
        return new TestLinks(folder).with("auto", new UsbUnit(new RielloUnit.Gpser(true)).link());
    }
}
