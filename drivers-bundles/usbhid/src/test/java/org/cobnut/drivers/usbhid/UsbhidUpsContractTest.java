package org.cobnut.drivers.usbhid;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Settings;
import org.cobnut.testkit.DriverContract;
import org.cobnut.testkit.TestLinks;

class UsbhidUpsContractTest extends DriverContract {
    @Override
    protected Driver driver() {
        return new UsbhidUps();
    }

    @Override
    protected Settings settings(Path folder) {
        return Bench.settings(driver(), "pollfreq = 10");
    }

    @Override
    protected TestLinks links(Path folder) {
        try {
            return new TestLinks(folder).with("auto", TestUps.apc().link());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
