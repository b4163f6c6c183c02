package org.cobnut.drivers.tripplite;

import java.nio.file.Path;
import java.util.Map;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Settings;
import org.cobnut.testkit.DriverContract;
import org.cobnut.testkit.TestLinks;

class TrippLiteUsbContractTest extends DriverContract {
    @Override
    protected Driver driver() {
        return TrippLiteUsbTest.DRIVER;
    }

    @Override
    protected Settings settings(Path folder) {
        return Settings.of("u", "auto", driver().options(), Map.of());
    }

    @Override
    protected TestLinks links(Path folder) {
        return new TestLinks(folder)
                .with("auto", UsbUnit.of(UsbProtocol.SMARTPRO).link());
    }
}
