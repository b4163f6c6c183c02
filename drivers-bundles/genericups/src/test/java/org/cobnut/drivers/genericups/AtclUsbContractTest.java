package org.cobnut.drivers.genericups;

import java.nio.file.Path;
import java.util.Map;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Settings;
import org.cobnut.testkit.DriverContract;
import org.cobnut.testkit.TestLinks;

class AtclUsbContractTest extends DriverContract {
    @Override
    protected Driver driver() {
        return new AtclUsb();
    }

    @Override
    protected Settings settings(Path folder) {
        return Settings.of("u", "auto", driver().options(), Map.of());
    }

    @Override
    protected TestLinks links(Path folder) {
        return new TestLinks(folder).with("auto", new UsbChip(false, "0300000000000000").link());
    }
}
