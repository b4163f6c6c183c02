package org.cobnut.drivers.bcmxcp;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Settings;
import org.cobnut.testkit.DriverContract;
import org.cobnut.testkit.TestLinks;

class BcmxcpUsbContractTest extends DriverContract {
    @Override
    protected Driver driver() {
        return new BcmxcpUsb();
    }

    @Override
    protected Settings settings(Path folder) {
        return Settings.of("u", "auto", driver().options(), Map.of());
    }

    @Override
    protected TestLinks links(Path folder) {
        return new TestLinks(folder)
                .with(
                        "auto",
                        new XcpUnit().usb(0x0592, 0x0002, new ArrayList<>()).link());
    }
}
