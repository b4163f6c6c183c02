package org.cobnut.drivers.genericups;

import java.nio.file.Path;
import java.util.Map;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Settings;
import org.cobnut.testkit.DriverContract;
import org.cobnut.testkit.TestLinks;

class RichcommUsbContractTest extends DriverContract {
    @Override
    protected Driver driver() {
        return new RichcommUsb();
    }

    @Override
    protected Settings settings(Path folder) {
        return Settings.of("u", "auto", driver().options(), Map.of());
    }

    @Override
    protected TestLinks links(Path folder) {
        return new TestLinks(folder).with("auto", new UsbChip(true, "00000006").link());
    }
}
